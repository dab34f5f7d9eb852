import { readFile, stat } from 'node:fs/promises';
import { GorodError } from '../errors.ts';
import { createKeyring, type Keyring, parseKeyFile } from './keys.ts';

interface ReadKeys {
  readonly keyring: Keyring;
  readonly count: number;
}

/** A key file that is read again whenever it changes. */
export interface WatchedKeys extends Keyring, Disposable {
  /** How many keys are accepted now. */
  count(): number;
}

/** What becomes of a change. */
export interface KeyFileEvents {
  readonly onReload: (count: number) => void;
  /** The new file cannot be used; the keys before it go on being accepted. */
  readonly onError: (message: string) => void;
}

/** So often is looked whether the file has changed. */
const LOOK_EVERY_MS = 1000;

/** Opens a key file. Throws GorodError BAD_OPTION naming `--keys` where it cannot be read. */
export async function openKeyFile(file: string, events: KeyFileEvents, everyMs = LOOK_EVERY_MS): Promise<WatchedKeys> {
  let version = '';
  let current: ReadKeys;
  try {
    version = await versionOf(file);
    current = await read(file);
  } catch (cause) {
    throw new GorodError('BAD_OPTION', `--keys: ${reasonOf(file, cause)}.`, { cause });
  }

  async function look(): Promise<void> {
    // Taken before the file is read: what changes meanwhile is seen at the next look.
    const found = await versionOf(file).catch(reasonFor);
    if (found === version) return;
    version = found;
    try {
      current = await read(file);
      events.onReload(current.count);
    } catch (error) {
      events.onError(reasonOf(file, error));
    }
  }

  const timer = setInterval(() => void look(), everyMs).unref();
  return {
    find: (key) => current.keyring.find(key),
    count: () => current.count,
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

async function read(file: string): Promise<ReadKeys> {
  const entries = parseKeyFile(await readFile(file, 'utf8'));
  return { keyring: createKeyring(entries), count: entries.length };
}

/** Another text for every other state of the file. */
async function versionOf(file: string): Promise<string> {
  const { mtimeNs, ctimeNs, size, ino } = await stat(file, { bigint: true });
  return [mtimeNs, ctimeNs, size, ino].join(' ');
}

function reasonFor(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
}

function reasonOf(file: string, error: unknown): string {
  if (error instanceof Error && 'code' in error) return `cannot read ${file} (${error.code})`;
  return `${file}: ${error instanceof Error ? error.message : error}`;
}
