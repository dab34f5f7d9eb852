import type { Readable, Writable } from 'node:stream';
import type { Environment } from '../config/resolve.ts';

/** All that a command may touch of the process it runs in. */
export interface Terminal {
  readonly env: Environment;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Aborted when the user or the system ends the process. */
  readonly signal: AbortSignal;
  /** Sets the exit code of a command that ended without an error. */
  exit(code: number): void;
}

/** Exit code of a command that is complete but leaves something to ask again. */
export const SOME_DEFERRED = 3;
