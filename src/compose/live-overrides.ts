import { type Stats, statSync } from 'node:fs';
import { type FindOverride, indexOverrides } from '../address/override.ts';
import { readOverrides } from '../cache/override-file.ts';
import { GorodError } from '../errors.ts';

/** Told when what people have settled was read again, with how many there are, or why it could not be read. */
export type OnOverrides = (news: { readonly overrides: number } | { readonly error: GorodError }) => void;

/** What people have settled, as it is at the moment. */
export interface LiveOverrides {
  readonly find: FindOverride;
  /** How often it has changed so far. */
  revision(): number;
}

/** How soon what is learnt holds, in milliseconds. */
const LOOK_EVERY_MS = 500;
/** Of the time between two looks, so much may go into reading. */
const READING_SHARE = 0.01;
/** A file system may give two writes within so many milliseconds the same time. */
const CLOCK_TICK_MS = 100;

/**
 * Follows the overrides of a cache file while it is open: when they are asked for, it looks now and then whether the file
 * was written to, and reads them again where it was. Where that fails, those from before stay. Throws GorodError like
 * `readOverrides` for the first look. `now` is monotonic, in milliseconds.
 */
export function followOverrides(
  file: string,
  onOverrides: OnOverrides = () => {},
  now: () => number = () => performance.now(),
): LiveOverrides {
  let seen = traceOf(file);
  let overrides = readOverrides(file);
  let text = JSON.stringify(overrides);
  let find = indexOverrides(overrides);
  let revision = 0;
  let failure = '';
  let lookAt = now() + LOOK_EVERY_MS;

  function readAgain(): void {
    overrides = readOverrides(file);
    const read = JSON.stringify(overrides);
    if (read === text) return;
    text = read;
    find = indexOverrides(overrides);
    revision += 1;
    onOverrides({ overrides: overrides.length });
  }

  function look(): void {
    const began = now();
    if (began < lookAt) return;
    const trace = traceOf(file);
    if (trace !== undefined && trace === seen) {
      lookAt = began + LOOK_EVERY_MS;
      return;
    }
    try {
      readAgain();
      seen = trace;
      failure = '';
    } catch (error) {
      if (!(error instanceof GorodError)) throw error;
      // Tried again at every look, and told once.
      if (failure !== error.message) onOverrides({ error });
      failure = error.message;
      seen = undefined;
    }
    const ended = now();
    lookAt = ended + Math.max(LOOK_EVERY_MS, (ended - began) / READING_SHARE);
  }

  return {
    find: (query) => {
      look();
      return find(query);
    },
    revision: () => {
      look();
      return revision;
    },
  };
}

/** What changes when a cache file is written to or replaced; undefined while that cannot be told for its clock's sake. */
function traceOf(file: string): string | undefined {
  const parts = ['', '-wal'].map((suffix) => statOf(file + suffix));
  const newest = Math.max(0, ...parts.map((stat) => stat?.mtimeMs ?? 0));
  if (Date.now() - newest < CLOCK_TICK_MS) return undefined;
  return parts.map((stat) => (stat === undefined ? '-' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`)).join(', ');
}

/** Why a file cannot be looked at is found out by whoever reads it. */
function statOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}
