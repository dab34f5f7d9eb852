import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';

/** Who shares a cache file, in the tables that runs share. */
export interface Owner {
  /** Unlike that of every other process that ever shared the file. */
  readonly name: string;
  /** The clock of what expires, in milliseconds; see machineClock. */
  readonly now: () => number;
  /** How long what was taken or announced holds without being renewed, in milliseconds. */
  readonly lifetimeMs: number;
  /** The rates it has announced, in starts a second, by origin; outlives a database that is set aside. */
  readonly rates: Map<string, number>;
}

/** A name for this process: host, number, and what tells it from an earlier process of the same number. */
export function ownerName(): string {
  return [hostname(), pid, randomUUID()].join('/');
}

/**
 * Whether the process of that name is known to have ended. False in doubt: of another host (or container) nothing is
 * known, and a number may have been given anew. What such a process holds expires.
 */
export function hasEnded(name: string): boolean {
  const [host, number] = name.split('/');
  if (host !== hostname()) return false;
  try {
    kill(Number(number), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
