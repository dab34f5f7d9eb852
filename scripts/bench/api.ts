import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Part } from './bench.ts';
import type { Figure } from './figures.ts';
import { runGorod } from './gorod.ts';
import { type Measured, measure, measureNode } from './measure.ts';
import { DISTINCT, STEP, syntheticQuestion, writeOrders } from './orders-file.ts';
import { findPython, NO_PYTHON } from './python.ts';
import { inTurn, perSecond } from './rounds.ts';
import { startUpstream } from './start-upstream.ts';
import { towns } from './towns.ts';

const CONCURRENCY = 32;
/** What an upstream of 100 ms gives at most with so many at once. */
const CEILING = (CONCURRENCY * 1000) / 100;

const REQUESTS_LOOP = 'scripts/bench/peers/requests_loop.py';

/** Questions to a file: enough that the start of a process is a small part of the time. */
const AT_100_MS = { gorod: 6400, requests: 100 } as const;
const AT_ONCE = { gorod: 20_000, requests: 1000 } as const;

/** New questions to an API: whole runs with an empty cache, beside bare loops. */
export const apiPart: Part = {
  title: `answers of an API, ${CONCURRENCY} at once, every question new`,
  async measure(bench) {
    const python = findPython('requests');
    const slow = await measureAt(100, AT_100_MS, bench, python);
    const quick = await measureAt(0, AT_ONCE, bench, python);
    const note = python === undefined ? { note: NO_PYTHON } : {};
    return [
      ...rates('100 ms', slow),
      {
        name: `share of the ${CEILING}/s there can be`,
        value: quotient(slow.gorod, CEILING / 100),
        unit: '%',
        bar: { atLeast: 95 },
      },
      {
        name: 'as many as the requests.post loop',
        value: quotient(slow.gorod, slow.requests),
        unit: '×',
        bar: { atLeast: 30 },
        ...note,
      },
      ...rates('0 ms', quick),
      {
        name: 'as many as the bare got loop',
        value: quotient(quick.gorod, quick.got),
        unit: '×',
        bar: { atLeast: 0.8 },
      },
    ];
  },
};

/** Answers a second, over whole processes. */
interface Rates {
  readonly gorod: number | undefined;
  readonly got: number | undefined;
  readonly requests: number | undefined;
}

async function measureAt(
  delayMs: number,
  questions: { readonly gorod: number; readonly requests: number },
  { folder, rounds }: Bench,
  python: string | undefined,
): Promise<Rates> {
  const orders = join(folder, `orders-${questions.gorod}.csv`);
  await writeOrders(orders, questions.gorod);
  const [many, few] = [join(folder, 'questions-many.jsonl'), join(folder, 'questions-few.jsonl')];
  writeQuestions(many, questions.gorod);
  writeQuestions(few, questions.requests);
  const { url, stop } = await startUpstream(delayMs);
  const gotLoop = ['scripts/bench/peers/got-loop.mjs', url, many, String(CONCURRENCY)];
  try {
    const { gorod, got, requests } = await inTurn(rounds, {
      gorod: () => runNew(folder, orders, url),
      got: () => measureNode(gotLoop),
      requests: python === undefined ? undefined : () => measure(python, [REQUESTS_LOOP, url, few]),
    });
    return {
      gorod: perSecond(questions.gorod, gorod),
      got: perSecond(questions.gorod, got),
      requests: perSecond(questions.requests, requests),
    };
  } finally {
    stop();
  }
}

function runNew(folder: string, orders: string, url: string): Promise<Measured> {
  const cache = join(folder, 'new.sqlite');
  for (const suffix of ['', '-wal', '-shm']) rmSync(cache + suffix, { force: true });
  const pace = ['--rate', '1000000', '--concurrency', String(CONCURRENCY)];
  return runGorod(orders, join(folder, 'new.csv'), [
    ...['--detector', 'api', '--endpoint', url],
    ...['--cache', cache],
    ...pace,
  ]);
}

/** The first questions of a file of orders, as detect-city takes them. */
function writeQuestions(file: string, count: number): void {
  const all = towns();
  const lines = Array.from({ length: count }, (_, row) =>
    JSON.stringify({
      ...syntheticQuestion((row * STEP) % DISTINCT, all),
      cod_rub: 0,
      fias_only: false,
      country_code: 'ru',
    }),
  );
  writeFileSync(file, `${lines.join('\n')}\n`);
}

function rates(upstream: string, { gorod, got, requests }: Rates): readonly Figure[] {
  return [
    { name: `${upstream}: gorod run`, value: gorod, unit: '/s' },
    { name: `${upstream}: got with p-limit`, value: got, unit: '/s' },
    { name: `${upstream}: the requests.post loop`, value: requests, unit: '/s' },
  ];
}

function quotient(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one / other;
}
