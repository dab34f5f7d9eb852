import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom, startScriptedUpstream } from '../../test/support/scripted-upstream.ts';
import { runGorod } from './run-gorod.ts';
import { type TortureOrders, writeTortureOrders } from './torture-orders.ts';

/** How hard the jobs are killed. */
export interface KillSettings {
  readonly jobs: number;
  readonly orders: TortureOrders;
  readonly concurrency: number;
  readonly seed: number;
}

/** What became of one job. */
export interface KilledJob {
  readonly job: number;
  readonly kills: number;
  readonly requests: number;
  /** Requests beyond one for each distinct question. */
  readonly extra: number;
  readonly identical: boolean;
}

/**
 * Runs jobs against a scripted upstream, kills each with SIGKILL at up to three random instants, resumes it and compares
 * the output with that of a job that was left alone. Half of the jobs run with a cache file, half without.
 */
export async function tortureWithKills(folder: string, settings: KillSettings): Promise<readonly KilledJob[]> {
  const { jobs, orders, concurrency, seed } = settings;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeTortureOrders(join(folder, 'orders.csv'), orders);
  const random = seededRandom(seed);
  await using upstream = await startScriptedUpstream();
  const started = performance.now();
  await runGorod(folder, upstream.url, { output: 'calm.csv', concurrency, cache: undefined });
  const calmMs = performance.now() - started;
  const calm = readFileSync(join(folder, 'calm.csv'));
  const done: KilledJob[] = [];
  for (let job = 0; job < jobs; job += 1) {
    await using own = await startScriptedUpstream();
    const run = { output: 'out.csv', concurrency, cache: job % 2 === 0 ? 'cache.sqlite' : undefined };
    const plannedKills = 1 + Math.floor(random() * 3);
    let kills = 0;
    let code: number | null = null;
    while (code === null && kills < plannedKills) {
      code = await runGorod(folder, own.url, { ...run, killAfterMs: 100 + random() * calmMs });
      if (code !== null) break;
      kills += 1;
      // Killed with everything done: another run would be another job.
      if (existsSync(join(folder, 'out.csv')) && !existsSync(join(folder, 'out.csv.partial.journal'))) code = 0;
    }
    if (code === null) code = await runGorod(folder, own.url, run);
    if (code !== 0) throw new Error(`job ${job} ended with ${code}`);
    const requests = own.requests.length;
    const identical = readFileSync(join(folder, 'out.csv')).equals(calm);
    done.push({ job, kills, requests, extra: requests - orders.distinct, identical });
    for (const name of ['out.csv', 'cache.sqlite', 'cache.sqlite-wal', 'cache.sqlite-shm'])
      rmSync(join(folder, name), { force: true });
  }
  return done;
}
