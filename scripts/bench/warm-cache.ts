import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA_VERSION } from '../../src/cache/schema.ts';
import { assertAllKnown, runGorod } from './gorod.ts';
import { DISTINCT, writeOrders } from './orders-file.ts';
import { startUpstream } from './start-upstream.ts';

/** Answers are valid for 30 days. */
const KEPT_MS = 20 * 24 * 3_600_000;

/** A cache with an answer to every question of the orders. */
export interface WarmCache {
  /** Options with which `gorod run` answers from it. Nothing listens any more where the answers came from. */
  readonly options: readonly string[];
  /** An order of every question, as it was enriched on that occasion. */
  readonly enriched: string;
}

/**
 * Runs gorod over all questions with an empty cache and a scripted API, and once more to make sure that nothing is left
 * to ask; a cache that is there is kept.
 */
export async function warmCache(folder: string): Promise<WarmCache> {
  const orders = join(folder, `orders-${DISTINCT}.csv`);
  const file = join(folder, `answers-${SCHEMA_VERSION}.sqlite`);
  const enriched = join(folder, 'warm.csv');
  const note = `${file}.endpoint`;
  const answeredFrom = (endpoint: string) => ['--detector', 'api', '--endpoint', endpoint, '--cache', file];
  if (existsSync(note) && Date.now() - statSync(note).mtimeMs < KEPT_MS) {
    return { options: answeredFrom(readFileSync(note, 'utf8')), enriched };
  }
  await writeOrders(orders, DISTINCT);
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const { url, stop } = await startUpstream(0);
  try {
    await runGorod(orders, enriched, [...answeredFrom(url), '--rate', '1000000', '--concurrency', '64']);
  } finally {
    stop();
  }
  const summary = join(folder, 'summary.json');
  await runGorod(orders, join(folder, 'warm-again.csv'), [...answeredFrom(url), '--summary', summary]);
  assertAllKnown(summary, DISTINCT);
  writeFileSync(`${note}.partial`, url);
  renameSync(`${note}.partial`, note);
  return { options: answeredFrom(url), enriched };
}
