import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startScriptedUpstream } from '../../test/support/scripted-upstream.ts';
import { writeTortureOrders } from './torture-orders.ts';
import { gorodIn } from './upstream-gorod.ts';

const RATE = 50;
const DISTINCT = 500;

/** What became of runs that shared one cache file at one time. */
export interface SharingJob {
  readonly runs: number;
  readonly codes: readonly (number | null)[];
  readonly distinct: number;
  readonly requests: number;
  readonly rate: number;
  /** The most requests that reached the upstream in any half-open second. */
  readonly busiestArrivals: number;
}

/** Lets 1, 2 and 4 runs enrich the same file with one cache at the same time. */
export async function* tortureWithSharing(folder: string): AsyncGenerator<SharingJob, void> {
  for (const runs of [1, 2, 4]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeTortureOrders(join(folder, 'orders.csv'), { rows: DISTINCT, distinct: DISTINCT });
    await using upstream = await startScriptedUpstream({ latencyMs: 30 });
    const args = ['run', 'orders.csv', '--endpoint', upstream.url, '--cache', 'answers.sqlite', '--rate', `${RATE}`];
    const codes = await Promise.all(
      Array.from({ length: runs }, (_, i) => gorodIn(folder, [...args, '-o', `out${i}.csv`, '--quiet'])),
    );
    const arrivals = upstream.requests.map(({ startedAt }) => startedAt);
    const [distinct, requests] = [DISTINCT, arrivals.length];
    yield { runs, codes, distinct, requests, rate: RATE, busiestArrivals: busiest(arrivals) };
  }
}

/** The starts of processes that share a rate, as each of them measured its own. */
export interface SharedRate {
  readonly processes: number;
  readonly rate: number;
  /** The most starts of all processes together in any half-open second. */
  readonly busiestStarts: number;
  /** The share of the rate that was used, from 0 to 1. */
  readonly used: number;
}

/** Lets 1, 2 and 4 processes take as many starts as the shared rate allows, without requests. */
export async function* measureSharedRate(folder: string): AsyncGenerator<SharedRate, void> {
  for (const processes of [1, 2, 4]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'answers.sqlite');
    const starts = (await Promise.all(Array.from({ length: processes }, () => takeStarts(file))))
      .flat()
      .sort((a, b) => a - b);
    const seconds = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 1000;
    const used = (starts.length - 1) / seconds / RATE;
    yield { processes, rate: RATE, busiestStarts: busiest(starts), used };
  }
}

function takeStarts(file: string): Promise<readonly number[]> {
  const script = resolve('test/cache/sharing-process.ts');
  return new Promise((done, fail) => {
    execFile(process.execPath, ['--import', 'tsx', script, file, `${RATE}`, '10000'], (error, stdout) =>
      error ? fail(error) : done(JSON.parse(stdout)),
    );
  });
}

function busiest(times: readonly number[]): number {
  let most = 0;
  let from = 0;
  for (const [to, time] of times.entries()) {
    while (time - (times[from] ?? time) >= 1000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
