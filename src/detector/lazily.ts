import type { Upstream } from './upstream.ts';

/** An upstream that is opened with its first question, e.g. because its packages take long to load. */
export function lazily<Question, Answer>(
  origin: string,
  open: () => Promise<Upstream<Question, Answer>>,
): Upstream<Question, Answer> {
  let opened: Promise<Upstream<Question, Answer>> | undefined;
  return {
    origin,
    async ask(question, signal) {
      opened ??= open();
      return (await opened).ask(question, signal);
    },
  };
}
