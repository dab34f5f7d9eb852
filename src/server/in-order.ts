/** An answer that is at hand, or one that is still awaited. Where that rejects, the whole ends. */
export type Eventually<T> = T | Promise<T>;

interface Slot<T> {
  value: T | undefined;
  isReady: boolean;
  settled: Promise<void>;
}

/**
 * Hands answers on in the order of their questions, as soon as that order allows. Not more than `ahead` questions, and
 * one batch, are held; while the consumer does not take answers nothing is read.
 */
export async function* inOrder<T>(
  batches: AsyncIterable<readonly Eventually<T>[]>,
  ahead: number,
): AsyncGenerator<readonly T[], void> {
  const input = batches[Symbol.asyncIterator]();
  const queue: Slot<T>[] = [];
  let reading: Promise<void> | undefined;
  let ended = false;

  async function read(): Promise<void> {
    const { value, done } = await input.next();
    reading = undefined;
    if (done === true) ended = true;
    else for (const answer of value) queue.push(slot(answer));
  }

  try {
    for (;;) {
      const ready = takeReady(queue);
      if (ready.length > 0) yield ready;
      const [head] = queue;
      if (head === undefined && ended) return;
      if (!ended && queue.length < ahead) reading ??= read();
      if (head === undefined) await reading;
      else await (reading === undefined ? head.settled : Promise.race([head.settled, reading]));
    }
  } finally {
    reading?.catch(() => {});
    await input.return?.();
  }
}

function slot<T>(answer: Eventually<T>): Slot<T> {
  if (!(answer instanceof Promise)) return { value: answer, isReady: true, settled: Promise.resolve() };
  const made: Slot<T> = { value: undefined, isReady: false, settled: Promise.resolve() };
  made.settled = answer.then((value) => {
    made.value = value;
    made.isReady = true;
  });
  // Whoever waits for it hears of it; nobody may be waiting.
  made.settled.catch(() => {});
  return made;
}

function takeReady<T>(queue: Slot<T>[]): T[] {
  const first = queue.findIndex(({ isReady }) => !isReady);
  return queue.splice(0, first === -1 ? queue.length : first).map(({ value }) => value as T);
}
