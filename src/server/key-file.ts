import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { GorodError } from '../errors.ts';
import { createKeyring, type Keyring, parseKeyFile } from './keys.ts';

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
  const read = (text: string) => {
    const entries = parseKeyFile(text);
    return { keyring: createKeyring(entries), count: entries.length };
  };
  let current: ReturnType<typeof read>;
  try {
    current = read(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new GorodError('BAD_OPTION', `--keys: ${reasonOf(file, cause)}.`, { cause });
  }

  function reload(): void {
    try {
      current = read(readFileSync(file, 'utf8'));
      events.onReload(current.count);
    } catch (error) {
      events.onError(reasonOf(file, error));
    }
  }

  watchFile(file, { interval: everyMs, persistent: false }, reload);
  return {
    find: (key) => current.keyring.find(key),
    count: () => current.count,
    [Symbol.dispose]: () => unwatchFile(file, reload),
  };
}

function reasonOf(file: string, error: unknown): string {
  if (error instanceof Error && 'code' in error) return `cannot read ${file} (${error.code})`;
  return `${file}: ${error instanceof Error ? error.message : error}`;
}
