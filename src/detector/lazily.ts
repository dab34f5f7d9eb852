import type { Upstream } from './upstream.ts';

/** An upstream that is opened with its first question, e.g. because its packages take long to load. */
export function lazily(origin: string, open: () => Promise<Upstream>): Upstream {
  let opened: Promise<Upstream> | undefined;
  return {
    origin,
    async ask(query, signal) {
      opened ??= open();
      return (await opened).ask(query, signal);
    },
  };
}
