import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mixedFaults, type Reply, startScriptedUpstream } from '../../test/support/scripted-upstream.ts';
import { runGorod } from './run-gorod.ts';
import { type TortureOrders, writeTortureOrders } from './torture-orders.ts';

/** What became of a job whose upstream failed in one way. */
export interface FaultyJob {
  readonly fault: string;
  readonly code: number | null;
  readonly requests: number;
  /** Requests over distinct questions. */
  readonly ratio: number;
  readonly identical: boolean;
  readonly seconds: number;
}

const FAULTS: Readonly<Record<string, Reply>> = {
  '429': { kind: 'http', status: 429, retryAfter: '0' },
  '500': { kind: 'alerts' },
  '503': { kind: 'http', status: 503 },
  ERR_INTERNAL: { kind: 'internal' },
  reset: { kind: 'reset' },
  hang: { kind: 'hang' },
  truncated: { kind: 'truncated' },
  HTML: { kind: 'html' },
  'bad JSON': { kind: 'bad-json' },
  slow: { kind: 'drip' },
};

const PROBABILITY = 0.3;

/** Runs the same job under each fault alone and all mixed, and compares every output with that of a calm run. */
export async function* tortureWithFaults(
  folder: string,
  orders: TortureOrders,
  seed: number,
): AsyncGenerator<FaultyJob, void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeTortureOrders(join(folder, 'orders.csv'), orders);
  yield await run(folder, orders, 'none', () => ({ kind: 'answer' }));
  for (const [fault, reply] of Object.entries(FAULTS)) {
    yield await run(folder, orders, fault, mixedFaults(PROBABILITY, seed, [reply]));
  }
  yield await run(folder, orders, 'all mixed', mixedFaults(PROBABILITY, seed, Object.values(FAULTS)));
}

async function run(
  folder: string,
  orders: TortureOrders,
  fault: string,
  reply: (index: number) => Reply,
): Promise<FaultyJob> {
  await using upstream = await startScriptedUpstream({ reply });
  const started = performance.now();
  const output = fault === 'none' ? 'calm.csv' : 'out.csv';
  const args = ['--retries', '12', '--timeout', '1'];
  const code = await runGorod(folder, upstream.url, { output, concurrency: 64, cache: undefined, args });
  const requests = upstream.requests.length;
  return {
    fault,
    code,
    requests,
    ratio: requests / orders.distinct,
    identical: readFileSync(join(folder, output)).equals(readFileSync(join(folder, 'calm.csv'))),
    seconds: (performance.now() - started) / 1000,
  };
}
