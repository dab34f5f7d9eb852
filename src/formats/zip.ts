import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { GorodError } from '../errors.ts';
import type { Texts } from '../languages.ts';
import { FORMAT_TEXTS } from './texts.ts';
import { unpackLimit } from './unpack-limit.ts';

/** What is in a zip archive: a spreadsheet is one, too. */
export type ZipContent =
  | { readonly kind: 'xlsx' }
  | {
      readonly kind: 'file';
      /** Path of the one file in it. */
      readonly file: string;
      /** Unpacks the file, piece by piece; may be called again. */
      readonly read: () => AsyncIterable<Uint8Array>;
    };

/** So many entries are looked at; further ones change nothing any more. */
const MOST_ENTRIES = 10_000;
const MOST_NAMED = 10;

/**
 * Looks into a zip archive, by the descriptor of the open file, which stays open. Throws GorodError BAD_INPUT where it
 * is neither a spreadsheet nor holds exactly one file that can be unpacked; folders, `__MACOSX` and names that begin
 * with a dot do not count.
 */
export async function openZip(descriptor: number, name: string): Promise<ZipContent> {
  const { fromFdPromise } = await import('yauzl');
  return translated(name, async () => {
    const zip = await fromFdPromise(descriptor, { lazyEntries: true, autoClose: false });
    const entries = await entriesOf(zip);
    const office = officeKind(entries);
    if (office === 'xlsx') return { kind: 'xlsx' };
    if (office !== undefined) throw otherOffice(name, office);
    const files = entries.filter(({ fileName }) => isCounted(fileName));
    const [only] = files;
    if (only === undefined) throw bad(name, FORMAT_TEXTS.zipEmpty);
    if (files.length > 1) throw several(name, files);
    if (only.isEncrypted()) throw bad(name, FORMAT_TEXTS.zipLocked(only.fileName));
    // What it says of itself; what comes out is watched, too.
    unpackLimit(name)(only.uncompressedSize, only.compressedSize);
    return { kind: 'file', file: only.fileName, read: () => unpacked(zip, only, name) };
  });
}

async function entriesOf(zip: ZipFile): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    if (entries.length === MOST_ENTRIES) break;
  }
  return entries;
}

function officeKind(entries: readonly Entry[]): 'xlsx' | 'OpenDocument file' | 'Office document' | undefined {
  const has = (wanted: (name: string) => boolean) => entries.some(({ fileName }) => wanted(fileName));
  if (has((name) => name === '[Content_Types].xml')) {
    return has((name) => name.startsWith('xl/')) ? 'xlsx' : 'Office document';
  }
  return has((name) => name === 'mimetype') && has((name) => name === 'content.xml') ? 'OpenDocument file' : undefined;
}

function isCounted(path: string): boolean {
  const parts = path.split('/');
  return !path.endsWith('/') && parts[0] !== '__MACOSX' && !(parts.at(-1) ?? '').startsWith('.');
}

async function* unpacked(zip: ZipFile, entry: Entry, name: string): AsyncGenerator<Uint8Array, void> {
  const assertHarmless = unpackLimit(name);
  let bytes = 0;
  let sum = 0;
  const stream = await translated(name, () => zip.openReadStreamPromise(entry));
  const pieces = (stream as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { value, done } = await translated(name, () => pieces.next());
      if (done === true) break;
      bytes += value.length;
      sum = crc32(value, sum);
      assertHarmless(bytes, entry.compressedSize);
      yield value;
    }
  } finally {
    stream.destroy();
  }
  // The library compares the size only.
  if (sum !== entry.crc32) throw bad(name, FORMAT_TEXTS.zipDamaged);
}

async function translated<T>(name: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof GorodError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw bad(name, FORMAT_TEXTS.zipUnreadable(reason), cause);
  }
}

function several(name: string, files: readonly Entry[]): GorodError {
  const named = files.slice(0, MOST_NAMED).map(({ fileName }) => `"${fileName}"`);
  return bad(name, FORMAT_TEXTS.zipSeveral(files.length, named.join(', '), files.length - named.length));
}

function otherOffice(name: string, kind: string): GorodError {
  return bad(name, FORMAT_TEXTS.otherOffice(kind));
}

function bad(name: string, what: Texts, cause?: unknown): GorodError {
  return new GorodError('BAD_INPUT', FORMAT_TEXTS.bad(name, what), { cause });
}
