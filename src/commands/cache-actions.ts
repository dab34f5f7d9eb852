import { stringify } from 'csv-stringify/sync';
import { canonicalAddress } from '../address/key.ts';
import { parsePostcode } from '../address/postcode.ts';
import { checkCacheFile } from '../cache/check.ts';
import { cacheFile } from '../cache/location.ts';
import { type CacheMaintenance, type CacheRow, openCacheMaintenance } from '../cache/maintenance.ts';
import type {
  CACHE_EXPORT_OPTIONS,
  CACHE_FORGET_OPTIONS,
  CACHE_OPTIONS,
  CACHE_PRUNE_OPTIONS,
} from '../config/cache-options.ts';
import type { Values } from '../config/option.ts';
import { GorodError } from '../errors.ts';
import { type Output, openOutputFile, streamOutput } from '../pipeline/output-file.ts';
import type { Terminal } from './terminal.ts';

type CacheConfig = Values<typeof CACHE_OPTIONS>;

/** Columns of `gorod cache export`. Times are ISO 8601, amounts roubles. */
const EXPORT_COLUMNS = [
  'detector',
  'origin',
  'country_code',
  'fias_only',
  'postcode',
  'address',
  'status_code',
  'city_code',
  'city_name',
  'fias_guid',
  'payment_limit',
  'ok_up_to',
  'exceeded_from',
  'fetched_at',
] as const satisfies readonly (keyof CacheRow)[];

const EXPORT_BATCH = 1000;

/** `gorod cache stats`: JSON on stdout. */
export async function showStats(config: CacheConfig, terminal: Terminal): Promise<void> {
  await withCache(config, terminal, async (cache, file) => {
    const { oldest, newest, ...stats } = cache.stats();
    const shown = { file, ...stats, oldest: isoTime(oldest), newest: isoTime(newest) };
    terminal.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  });
}

/** `gorod cache check`: says what is wrong, changes nothing, and ends with 1 where anything is. */
export async function check(config: CacheConfig, terminal: Terminal): Promise<void> {
  const file = config.cache ?? cacheFile(terminal.env);
  const checked = checkCacheFile(file);
  if (checked === undefined) {
    terminal.stdout.write(`no cache file yet: ${file}\n`);
    return;
  }
  const { faults, answers, schemaVersion } = checked;
  if (faults.length === 0) {
    terminal.stdout.write(`sound: ${file}, ${answers} answers, schema ${schemaVersion}\n`);
    return;
  }
  terminal.stdout.write(`damaged: ${file}\n${faults.map((fault) => `  ${fault}\n`).join('')}`);
  terminal.stderr.write('gorod: a run sets aside a cache that it cannot read, and begins a new one.\n');
  terminal.exit(1);
}

/** `gorod cache forget`: says how many answers were removed, and how much of what was learnt. */
export async function forget(config: Values<typeof CACHE_FORGET_OPTIONS>, terminal: Terminal): Promise<void> {
  const { address } = config;
  const postcode = parsePostcode(config.postcode);
  if (address.trim() === '') throw new GorodError('BAD_OPTION', '--address: must not be empty.');
  await withCache(config, terminal, async (cache) => {
    const overrides = cache.forgetOverrides(address);
    const isAskable = postcode.ok && postcode.value !== '';
    // A row whose postcode is none has no answer, but something may have been learnt about it.
    if (!isAskable && overrides.length === 0) {
      throw new GorodError('BAD_OPTION', '--postcode: must have six digits: nothing was learnt about this address.');
    }
    let answers = isAskable ? cache.forget(postcode.value, address) : 0;
    for (const { question, correction } of overrides) {
      if (correction.kind === 'answer' || question.address !== canonicalAddress(address)) continue;
      answers += cache.forget(correction.postcode ?? question.postcode, correction.address ?? question.address);
    }
    const learnt = overrides.length === 0 ? '' : ` and what was learnt: ${overrides.length}`;
    terminal.stdout.write(`removed ${answers}${learnt}\n`);
  });
}

/** `gorod cache prune`: says how many answers were removed. */
export async function prune(config: Values<typeof CACHE_PRUNE_OPTIONS>, terminal: Terminal): Promise<void> {
  await withCache(config, terminal, async (cache) => {
    const removed = cache.prune({ ttlMs: config.ttl, negativeTtlMs: config.negativeTtl }, Date.now());
    terminal.stdout.write(`removed ${removed}\n`);
  });
}

/** `gorod cache clear`: says how many answers were removed. */
export async function clear(config: CacheConfig, terminal: Terminal): Promise<void> {
  await withCache(config, terminal, async (cache) => {
    terminal.stdout.write(`removed ${cache.clear()}\n`);
    const { overrides } = cache.stats();
    if (overrides > 0)
      terminal.stderr.write(`gorod: what was learnt stays: ${overrides}; gorod learn --list, --remove ID\n`);
  });
}

/** `gorod cache export`: every answer as a CSV line, in the order of the keys. */
export async function exportAnswers(config: Values<typeof CACHE_EXPORT_OPTIONS>, terminal: Terminal): Promise<void> {
  await withCache(config, terminal, async (cache) => {
    const { output: path = '-' } = config;
    const output = await (path === '-' ? streamOutput(terminal.stdout, 'stdout') : openOutputFile(path));
    try {
      await output.write(stringify([[...EXPORT_COLUMNS]]));
      await writeRows(cache.rows(), output);
      await output.commit();
    } catch (error) {
      await output.discard();
      throw error;
    }
  });
}

async function writeRows(rows: Iterable<CacheRow>, output: Output): Promise<void> {
  let batch: unknown[][] = [];
  const flush = async () => {
    await output.write(stringify(batch));
    batch = [];
  };
  for (const row of rows) {
    const shown = { ...row, fias_only: String(row.fias_only), fetched_at: isoTime(row.fetched_at) };
    batch.push(EXPORT_COLUMNS.map((column) => shown[column] ?? ''));
    if (batch.length === EXPORT_BATCH) await flush();
  }
  await flush();
}

async function withCache(
  config: CacheConfig,
  terminal: Terminal,
  use: (cache: CacheMaintenance, file: string) => Promise<void>,
): Promise<void> {
  const file = config.cache ?? cacheFile(terminal.env);
  const cache = openCacheMaintenance(file);
  if (cache === undefined) {
    terminal.stdout.write(`no cache file yet: ${file}\n`);
    return;
  }
  try {
    await use(cache, file);
  } finally {
    cache.close();
  }
}

function isoTime(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
