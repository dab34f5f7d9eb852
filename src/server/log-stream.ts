import type { Writable } from 'node:stream';

/** So long, in milliseconds, a line may wait for others to be written with it. */
const WRITE_EVERY_MS = 20;
const WRITE_AT_CHARS = 1 << 15;

/** Takes lines of a log and writes them many at a time: one system call a request costs more than the request. */
export interface LogStream {
  write(line: string): void;
  /** Writes what is waiting. */
  flush(): void;
}

export function logStream(output: Writable): LogStream {
  let waiting: string[] = [];
  let chars = 0;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const text = waiting.join('');
    waiting = [];
    chars = 0;
    output.write(text);
  }

  return {
    write(line) {
      waiting.push(line);
      chars += line.length;
      if (chars >= WRITE_AT_CHARS) flush();
      else timer ??= setTimeout(flush, WRITE_EVERY_MS);
    },
    flush,
  };
}
