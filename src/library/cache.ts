import type { OpenedAnswers } from '../compose/compose.ts';
import { GorodError } from '../errors.ts';
import { assertOptions, isWhole } from './known-options.ts';

/** What a detector is composed with; not for programs. */
export const ANSWERS: unique symbol = Symbol('answers');

/** The file that the cache lies in, with the corrections of `gorod learn`; undefined for memory. Not for programs. */
export const FILE: unique symbol = Symbol('file');

/** Remembered answers, for any number of detectors. */
export interface Cache extends Disposable {
  /** What a person should know, e.g. that a damaged file was set aside; grows when damage shows only later. */
  readonly warnings: readonly string[];
  /** Lets go of the file. Close the detectors first. */
  close(): void;
  readonly [ANSWERS]: OpenedAnswers;
  readonly [FILE]: string | undefined;
}

export interface CacheOptions {
  /** Where there is no file: how many answers are kept, each about 2 KB. Default: 10000. */
  readonly keepInMemory?: number;
}

/**
 * Opens a cache: the SQLite file of that name, made where it is missing and shared with other processes and `gorod run`;
 * without a file, memory. Rejects with GorodError CACHE_UNUSABLE or CACHE_NEWER.
 */
export async function openCache(file?: string, options: CacheOptions = {}): Promise<Cache> {
  if (file !== undefined && typeof file !== 'string')
    throw new GorodError('BAD_OPTION', 'openCache: file must be a path.');
  assertOptions('openCache', options, { keepInMemory: isWhole(1) });
  const opened = file === undefined ? await inMemory(options.keepInMemory) : await inFile(file);
  let isOpen = true;
  const close = () => {
    if (isOpen) opened.cache.close();
    isOpen = false;
  };
  return {
    get warnings() {
      return opened.warnings.map(({ en }) => en);
    },
    close,
    [Symbol.dispose]: close,
    // The detectors that are closed leave it open.
    [ANSWERS]: { ...opened, cache: { ...opened.cache, close: () => {} } },
    [FILE]: file,
  };
}

async function inFile(file: string): Promise<OpenedAnswers> {
  const { openSqliteCache } = await import('../cache/sqlite-cache.ts');
  return openSqliteCache(file);
}

async function inMemory(most = 10_000): Promise<OpenedAnswers> {
  const [{ memoryCache }, { memoryPostcodes }] = await Promise.all([
    import('../cache/memory-cache.ts'),
    import('../cache/postcode-cache.ts'),
  ]);
  return { cache: memoryCache(most), postcodes: memoryPostcodes(most), sharing: undefined, warnings: [] };
}
