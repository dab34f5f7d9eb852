import type { Readable, Writable } from 'node:stream';
import type { LogFormat } from '../config/log-format.ts';
import type { Environment } from '../config/resolve.ts';
import type { Log, LogLine } from './log.ts';

/** All that a command may touch of the process it runs in. */
export interface Terminal {
  readonly env: Environment;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Takes what happens, for people or for programs as `--log-format` says. Ends up on stderr. */
  readonly log: Log;
  readonly logFormat: LogFormat;
  /** Number of this process. */
  readonly pid: number;
  /** Aborted when the user or the system ends the process. */
  readonly signal: AbortSignal;
  /** Sets the exit code of a command that ended without an error. */
  exit(code: number): void;
}

/** Exit code of a command that is complete but leaves something to ask again. */
export const SOME_DEFERRED = 3;

/** Exit code of a command that is complete but has passed a threshold of `--fail-on`. */
export const THRESHOLD_PASSED = 4;

/** Tells what happened; what is only for information, unless that was turned off. */
export function tell(line: LogLine, { quiet }: { readonly quiet: boolean }, { log }: Terminal): void {
  if (!quiet || line.level !== 'info') log(line);
}

/** Tells a person how it goes, unless that was turned off. */
export function say(text: string, { quiet }: { readonly quiet: boolean }, { stderr }: Terminal): void {
  if (!quiet) stderr.write(printable(text));
}

/** Texts of a file or an answer must not steer the terminal: their control characters are replaced. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|\p{Bidi_Control}/gu, '\ufffd');
}
