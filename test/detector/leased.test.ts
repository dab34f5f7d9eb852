import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Detection } from '../../src/address/detection.ts';
import { type OpenedCache, openSqliteCache } from '../../src/cache/sqlite-cache.ts';
import { atOnce } from '../../src/cache/together.ts';
import { cached } from '../../src/detector/cached.ts';
import type { Detector } from '../../src/detector/detector.ts';
import { leaseOrAnswer } from '../../src/detector/leased.ts';
import { type Upstream, UpstreamFailure } from '../../src/detector/upstream.ts';
import { query } from './query.ts';

let folder: string;
let opened: OpenedCache[];
let pending: { readonly answer: (detection: Detection) => void; readonly fail: (error: Error) => void }[];

/** Leaves every question open until the test answers it. */
const upstream: Upstream = {
  origin: 'http://127.0.0.1',
  ask: (_, signal) =>
    new Promise((answer, fail) => {
      pending.push({ answer, fail });
      signal?.addEventListener('abort', () => fail(signal.reason));
    }),
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gorod-leased-'));
  opened = [];
  pending = [];
});
afterEach(() => {
  for (const { cache } of opened) cache.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A run of its own on the same cache file. */
function run(signal?: AbortSignal): Detector {
  const one = openSqliteCache(join(folder, 'answers.sqlite'));
  opened.push(one);
  return cached(upstream, {
    id: 'api',
    cache: one.cache,
    leases: one.sharing.leases,
    together: one.together,
    jobStart: 0,
    ttlMs: 1e6,
    negativeTtlMs: 1e6,
    ...(signal === undefined ? {} : { signal }),
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const NOT_FOUND: Detection = { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS' };

describe('a question that another run is asking', () => {
  test('is waited for and not asked again', async () => {
    const [first, second] = [run().ask(query()), run().ask(query())];
    await until(() => pending.length > 0);
    pending[0]?.answer(NOT_FOUND);
    expect(await first).toMatchObject({ kind: 'answered', detection: NOT_FOUND });
    expect(await second).toMatchObject({ kind: 'answered', detection: NOT_FOUND });
    expect(pending).toHaveLength(1);
  });

  test('is asked when the other run fails to get an answer', async () => {
    const [first, second] = [run().ask(query()), run().ask(query())];
    await until(() => pending.length > 0);
    pending[0]?.fail(new UpstreamFailure('HTTP 503'));
    await until(() => pending.length > 1);
    pending[1]?.answer(NOT_FOUND);
    expect(await first).toMatchObject({ kind: 'deferred' });
    expect(await second).toMatchObject({ kind: 'answered' });
  });

  test('is asked for an amount that the answer of the other leaves open', async () => {
    const found: Detection = { status_code: 'OK', detected_cdek_city: { cityCode: '1', cityName: 'Тула' } };
    const [first, second] = [run().ask(query({ codRub: 100 })), run().ask(query({ codRub: 900 }))];
    await until(() => pending.length > 0);
    pending[0]?.answer(found);
    await first;
    await until(() => pending.length > 1);
    pending[1]?.answer(found);
    expect(await second).toMatchObject({ kind: 'answered' });
  });

  test('is no longer waited for when the run ends', async () => {
    const end = new AbortController();
    run().ask(query());
    await until(() => pending.length > 0);
    const waiting = run(end.signal).ask(query());
    end.abort('over');
    await expect(waiting).rejects.toBe('over');
    pending[0]?.answer(NOT_FOUND);
  });
});

test('an answer that came between the last look and the lease is taken, and the lease given back', async () => {
  const released: string[] = [];
  const leases = { claim: () => true, release: (key: string) => void released.push(key) };
  expect(
    await leaseOrAnswer(
      'a',
      { leases, together: atOnce },
      () => 'known',
      async () => {},
    ),
  ).toBe('known');
  expect(released).toEqual(['a']);
});
