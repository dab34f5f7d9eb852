import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Reply, type ScriptedUpstream, startScriptedUpstream } from '../../test/support/scripted-upstream.ts';
import { writeTortureOrders } from './torture-orders.ts';
import { gorodIn } from './upstream-gorod.ts';

/** What became of a job whose upstream was down for a while. */
export interface OutageJob {
  readonly outage: string;
  readonly code: number | null;
  readonly wantedCode: number;
  readonly deferred: number;
  readonly requests: number;
  readonly seconds: number;
  /** What `gorod retry` ended with once the upstream was up again, and how many rows were then still deferred. */
  readonly retry: { readonly code: number | null; readonly deferred: number };
}

const DOWN: Reply = { kind: 'http', status: 503 };
const UP: Reply = { kind: 'answer' };
const DISTINCT = 400;
const DOWN_MS = 60_000;

interface Outage {
  readonly name: string;
  readonly wantedCode: number;
  readonly isDown: (index: number, elapsedMs: number) => boolean;
}

const OUTAGES: readonly Outage[] = [
  { name: 'first 60 s', wantedCode: 0, isDown: (_, elapsedMs) => elapsedMs < DOWN_MS },
  { name: 'last half', wantedCode: 3, isDown: (index) => index >= DISTINCT / 2 },
  { name: 'for ever', wantedCode: 3, isDown: () => true },
];

/** Runs one job under each outage with default options, then `gorod retry` on its output against a sound upstream. */
export async function* tortureWithOutages(folder: string): AsyncGenerator<OutageJob, void> {
  for (const outage of OUTAGES) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeTortureOrders(join(folder, 'orders.csv'), { rows: 2 * DISTINCT, distinct: DISTINCT });
    yield await run(folder, outage);
  }
}

async function run(folder: string, { name, wantedCode, isDown }: Outage): Promise<OutageJob> {
  const started = performance.now();
  let isRepaired = false;
  const reply = (index: number) => (!isRepaired && isDown(index, performance.now() - started) ? DOWN : UP);
  await using upstream = await startScriptedUpstream({ reply });
  const code = await ask(folder, upstream, 'run', 'orders.csv', '-o', 'out.csv');
  const seconds = (performance.now() - started) / 1000;
  const requests = upstream.requests.length;
  const deferred = countDeferred(folder);
  isRepaired = true;
  const retryCode = await ask(folder, upstream, 'retry', 'out.csv', '--rate', '1000');
  const retry = { code: retryCode, deferred: countDeferred(folder) };
  return { outage: name, code, wantedCode, deferred, requests, seconds, retry };
}

async function ask(folder: string, upstream: ScriptedUpstream, ...args: readonly string[]): Promise<number | null> {
  return gorodIn(folder, [...args, '--endpoint', upstream.url, '--cache', 'answers.sqlite', '--quiet']);
}

function countDeferred(folder: string): number {
  return readFileSync(join(folder, 'out.csv'), 'utf8').split(',DEFERRED,').length - 1;
}
