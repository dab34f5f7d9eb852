import { hash, timingSafeEqual } from 'node:crypto';

/** One line of a key file: who has the key, what the key hashes to, how many requests a second it may make. */
export interface KeyEntry {
  readonly name: string;
  /** SHA-256 of the key, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Requests a second; undefined for any number. */
  readonly limit?: number;
}

/** Answers whose a key is. */
export interface Keyring {
  /** The entry of a key; undefined where there is none. */
  find(key: string): KeyEntry | undefined;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;
const HASH = /^sha256:([0-9a-f]{64})$/;
const LIMIT = /^[1-9]\d{0,5}$/;

/** Whether a key can be called so: letters, digits and `._@-`, 64 at the most. */
export function isKeyName(name: string): boolean {
  return NAME.test(name);
}

/** The hash under which a key file knows a key. A key has 256 random bits, so that it needs neither salt nor stretching. */
export function hashKey(key: string): string {
  return hash('sha256', key);
}

/** The line of an entry, without its end: `NAME sha256:HASH [LIMIT]`. */
export function renderKeyEntry({ name, sha256, limit }: KeyEntry): string {
  return `${name} sha256:${sha256}${limit === undefined ? '' : ` ${limit}`}`;
}

/**
 * Reads a key file: one entry a line; empty lines and those that begin with `#` are comments. Throws Error whose message
 * names the line, and never quotes it: somebody may have put a key there.
 */
export function parseKeyFile(text: string): readonly KeyEntry[] {
  const entries: KeyEntry[] = [];
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const entry = parseLine(line.trim());
    if (entry === undefined) throw new Error(`line ${index + 1} is not NAME sha256:HASH [REQUESTS-A-SECOND]`);
    if (entries.some(({ name }) => name === entry.name)) throw new Error(`line ${index + 1} repeats a name`);
    if (entries.some(({ sha256 }) => sha256 === entry.sha256)) throw new Error(`line ${index + 1} repeats a key`);
    entries.push(entry);
  }
  return entries;
}

function parseLine(line: string): KeyEntry | undefined {
  const [name = '', hashed = '', limit, ...more] = line.split(/\s+/);
  const [, sha256] = HASH.exec(hashed) ?? [];
  if (!isKeyName(name) || sha256 === undefined || more.length > 0) return undefined;
  if (limit === undefined) return { name, sha256 };
  return LIMIT.test(limit) ? { name, sha256, limit: Number(limit) } : undefined;
}

/** Looks through all entries whichever is the right one, so that time tells nothing about the others. */
export function createKeyring(entries: readonly KeyEntry[]): Keyring {
  const hashes = entries.map(({ sha256 }) => Buffer.from(sha256, 'hex'));
  return {
    find(key) {
      const given = hash('sha256', key, 'buffer');
      let found: KeyEntry | undefined;
      for (const [index, known] of hashes.entries()) {
        if (timingSafeEqual(known, given)) found = entries[index];
      }
      return found;
    },
  };
}

/** Accepts any key: for a server that only its own machine can reach. */
export const anyKey: Keyring = { find: () => ANYONE };

const ANYONE: KeyEntry = { name: 'any', sha256: '' };
