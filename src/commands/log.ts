import { Writable } from 'node:stream';
import { printable } from './terminal.ts';

/** Of how much weight a line of the log is. */
export type LogLevel = 'info' | 'warn' | 'error';

/** What happened, for a person in words and for a program by name and figures. Neither holds a key or an address. */
export interface LogLine {
  readonly level: LogLevel;
  /** Names the kind of line, in snake_case. */
  readonly event: string;
  /** One line or several, without the program's name before it. */
  readonly text: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** A block of lines that stands for itself, such as a table. */
  readonly isBlock?: boolean;
}

export type Log = (line: LogLine) => void;

/** Lines for people. */
export function textLog(stream: Pick<Writable, 'write'>): Log {
  return ({ text, isBlock }) => stream.write(printable(isBlock === true ? `${text}\n` : `gorod: ${text}\n`));
}

/** Lines for programs: one JSON object each. `now` is in milliseconds since 1970. */
export function jsonLog(stream: Pick<Writable, 'write'>, now: () => number = Date.now): Log {
  return ({ level, event, text, fields }) => {
    const line = { time: new Date(now()).toISOString(), level, event, ...fields, message: printable(text) };
    stream.write(`${JSON.stringify(line)}\n`);
  };
}

/** Makes lines of a log of what is written as plain text, so that each is JSON too. Lines that are JSON pass. */
export function loggedText(log: Log, stream: Pick<Writable, 'write'>): Writable {
  let rest = '';

  function tell(line: string): void {
    if (line.startsWith('{')) stream.write(`${line}\n`);
    else if (line.trim() !== '') log({ level: 'info', event: 'message', text: line.replace(/^gorod: /, '') });
  }

  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) tell(line);
      done();
    },
    final(done) {
      tell(rest);
      done();
    },
  });
}
