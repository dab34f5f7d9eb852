/**
 * Runs work that writes to a cache in one transaction with the work of others that came at the same time: a transaction
 * of its own costs more than all else about an answer. Resolves with its result when that is committed, rejects with
 * what it throws, or with what kept the transaction from beginning.
 */
export type Together = <T>(work: () => T) => Promise<T>;

/** For a cache where a transaction costs nothing. */
export const atOnce: Together = async (work) => work();

/** Work that is gathered for a transaction. */
export interface Gathering {
  readonly together: Together;
  /** Runs what waits, now; what comes later is run at once, and without a transaction. */
  close(): void;
}

interface Waiting {
  /** Runs it, and gives what tells its outcome to whoever waits for it. */
  run(): () => void;
  fail(error: unknown): void;
}

/** Gathers work for as long as the event loop has events at hand; `inTransaction` runs it and commits. */
export function gathering(inTransaction: (work: () => void) => void): Gathering {
  let waiting: Waiting[] = [];
  let closed = false;

  function flush(): void {
    const all = waiting;
    waiting = [];
    if (all.length > 0) for (const tell of outcomes(all, inTransaction)) tell();
  }

  return {
    together(work) {
      if (closed) return atOnce(work);
      return new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ run: () => outcome(work, resolve, reject), fail: reject });
      });
    },
    close() {
      closed = true;
      flush();
    },
  };
}

function outcome<T>(work: () => T, resolve: (result: T) => void, reject: (error: unknown) => void): () => void {
  try {
    const result = work();
    return () => resolve(result);
  } catch (error) {
    return () => reject(error);
  }
}

function outcomes(all: readonly Waiting[], inTransaction: (work: () => void) => void): readonly (() => void)[] {
  let told: (() => void)[] | undefined;
  try {
    inTransaction(() => {
      told = all.map((one) => one.run());
    });
    return told ?? [];
  } catch (error) {
    // Where nothing was run, nothing will run alone either.
    if (told === undefined) return all.map((one) => () => one.fail(error));
    // It was all undone. One by one, each is told what became of itself.
    return all.map((one) => one.run());
  }
}
