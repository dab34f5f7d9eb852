import type { Readable, Writable } from 'node:stream';
import type { Environment } from '../config/resolve.ts';

/** All that a command may touch of the process it runs in. */
export interface Terminal {
  readonly env: Environment;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Number of this process. */
  readonly pid: number;
  /** Aborted when the user or the system ends the process. */
  readonly signal: AbortSignal;
  /** Sets the exit code of a command that ended without an error. */
  exit(code: number): void;
}

/** Exit code of a command that is complete but leaves something to ask again. */
export const SOME_DEFERRED = 3;

/** Tells a person how it goes, unless that was turned off. */
export function say(text: string, { quiet }: { readonly quiet: boolean }, { stderr }: Terminal): void {
  if (!quiet) stderr.write(printable(text));
}

/** Texts of a file or an answer must not steer the terminal: their control characters are replaced. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|\p{Bidi_Control}/gu, '\ufffd');
}
