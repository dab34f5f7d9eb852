import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answered } from '../../src/address/outcome.ts';
import type { AddressQuery } from '../../src/address/query.ts';
import type { CsvRow } from '../../src/csv/cells.ts';
import type { Detector } from '../../src/detector/detector.ts';
import { GorodError } from '../../src/errors.ts';
import { type EnrichSettings, enrich } from '../../src/pipeline/enrich.ts';
import type { EnrichedRow } from '../../src/pipeline/row-judgement.ts';

const SETTINGS: EnrichSettings = {
  columns: { postcode: 1, address: [2, 4], cod: 3, country: undefined },
  width: 5,
  defaults: { country: 'ru', fiasOnly: false },
  rules: { limitOf: () => undefined, acceptConfidence: 0.85 },
  maxOpenQuestions: 8,
};

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await delay(1);
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

/** A sound row whose address names its own number. */
function row(number: number, cells: Partial<Record<0 | 1 | 2 | 3 | 4, string>> = {}): CsvRow {
  const all = Object.assign([String(number), '675000', `Lenina ${number}`, '', 'Blagoveshchensk'], cells);
  return { text: all.join(','), line: number + 2, cells: all, broken: false };
}

function batchesOf(sizes: readonly number[]): CsvRow[][] {
  let next = 0;
  return sizes.map((size) => Array.from({ length: size }, () => row(next++)));
}

async function* streamed<T>(items: readonly T[], onRead: () => void = () => {}): AsyncGenerator<T, void> {
  for (const item of items) {
    onRead();
    yield item;
  }
}

/** An answer that tells which address it belongs to. */
function answerTo(query: AddressQuery): Answered {
  return { kind: 'answered', source: 'api', detection: { status_code: 'ERR_NEW', status_msg: query.address } };
}

interface Watched extends Detector {
  open(): number;
  mostOpen(): number;
  asked(): number;
}

/** Recalls what `recalls` picks and answers the rest after `wait`. */
function detector(
  wait: (query: AddressQuery, signal: AbortSignal | undefined) => Promise<unknown>,
  recalls: (query: AddressQuery) => boolean = () => false,
): Watched {
  let open = 0;
  let mostOpen = 0;
  let asked = 0;
  return {
    id: 'scripted',
    recall: (queries) => queries.map((query) => (recalls(query) ? answerTo(query) : undefined)),
    async ask(query, { signal } = {}) {
      asked += 1;
      open += 1;
      mostOpen = Math.max(mostOpen, open);
      try {
        await wait(query, signal);
      } finally {
        open -= 1;
      }
      return answerTo(query);
    },
    open: () => open,
    mostOpen: () => mostOpen,
    asked: () => asked,
  };
}

/** What detectors may be made to wait at. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

async function collect(rows: AsyncIterable<readonly EnrichedRow[]>): Promise<EnrichedRow[]> {
  const all: EnrichedRow[] = [];
  for await (const batch of rows) all.push(...batch);
  return all;
}

function addressOf({ outcome }: EnrichedRow): string | undefined {
  return outcome.kind === 'answered' ? outcome.detection.status_msg : undefined;
}

describe('rows out', () => {
  test('are the rows in, in order, each with its own answer, whatever the detector does', async () => {
    const sizes = fc.array(fc.nat({ max: 12 }), { maxLength: 10 });
    const modulus = fc.integer({ min: 1, max: 5 });
    const waits = fc.array(fc.nat({ max: 3 }), { minLength: 7, maxLength: 7 });
    await fc.assert(
      fc.asyncProperty(sizes, modulus, waits, fc.integer({ min: 1, max: 10 }), async (sizes, nth, waits, max) => {
        const batches = batchesOf(sizes);
        const number = (query: AddressQuery) => Number(/\d+/.exec(query.address));
        const scripted = detector(
          (query) => {
            const ms = waits[number(query) % waits.length] ?? 0;
            return ms === 0 ? Promise.resolve() : delay(ms);
          },
          (query) => number(query) % nth === 0,
        );
        const out = await collect(enrich(streamed(batches), scripted, { ...SETTINGS, maxOpenQuestions: max }));
        expect(out.map((enriched) => enriched.row)).toEqual(batches.flat());
        for (const enriched of out) expect(addressOf(enriched)).toBe(`${enriched.row.cells[2]}, Blagoveshchensk`);
      }),
      { numRuns: 60 },
    );
  });

  test('come without a single question where everything is recalled', async () => {
    const scripted = detector(
      () => Promise.reject(new Error('asked')),
      () => true,
    );
    expect(await collect(enrich(streamed(batchesOf([3, 0, 5])), scripted, SETTINGS))).toHaveLength(8);
    expect(scripted.asked()).toBe(0);
  });

  test('are none for no rows', async () => {
    expect(await collect(enrich(streamed([]), detector(Promise.resolve.bind(Promise)), SETTINGS))).toEqual([]);
  });

  test('of bad rows and cells are answered without a question', async () => {
    const rows: CsvRow[] = [
      { ...row(0), broken: true },
      { ...row(1), cells: ['1', '675000', 'x'] },
      row(2, { 1: '67500' }),
      row(3, { 2: '', 4: ' - ' }),
      row(4, { 3: '1.200' }),
    ];
    const scripted = detector(() => Promise.reject(new Error('asked')));
    const out = await collect(enrich(streamed([rows]), scripted, SETTINGS));
    expect(out.map(({ outcome }) => outcome)).toEqual([
      { kind: 'invalid', status: 'ERR_BAD_ROW', defect: 'quotes' },
      { kind: 'invalid', status: 'ERR_BAD_ROW', defect: 'column-count' },
      { kind: 'invalid', status: 'ERR_BAD_POSTCODE', defect: 'digit-count' },
      { kind: 'invalid', status: 'ERR_NO_ADDRESS' },
      { kind: 'invalid', status: 'ERR_BAD_COD', defect: 'thousands-or-decimals' },
    ]);
    expect(out.every(({ judgement }) => judgement.verdict === 'reject')).toBe(true);
  });

  test('are asked with repaired cells, address columns joined, in input order', async () => {
    const asked: AddressQuery[] = [];
    const scripted = detector(async (query) => {
      asked.push(query);
    });
    const rows = [row(0, { 1: '675000.0', 2: ' Lenina 0 ', 3: '1 500,00 ₽', 4: '  ' }), row(1, { 4: 'Tula' })];
    await collect(enrich(streamed([rows]), scripted, SETTINGS));
    expect(asked).toEqual([
      { postcode: '675000', address: 'Lenina 0', codRub: 1500, countryCode: 'ru', fiasOnly: false },
      { postcode: '675000', address: 'Lenina 1, Tula', codRub: 0, countryCode: 'ru', fiasOnly: false },
    ]);
  });

  test('come out while later ones are still asked', async () => {
    const released = gate();
    const scripted = detector((query) => (query.address.startsWith('Lenina 2') ? released.opened : Promise.resolve()));
    const out = enrich(streamed(batchesOf([2, 1, 1])), scripted, SETTINGS);
    expect((await out.next()).value).toHaveLength(2);
    released.open();
    expect(await collect(out)).toHaveLength(2);
  });
});

describe('the window', () => {
  test('keeps reading from running ahead of open questions', async () => {
    let read = 0;
    const released = gate();
    const scripted = detector(() => released.opened);
    const batches = batchesOf(Array.from({ length: 40 }, () => 3));
    const out = enrich(
      streamed(batches, () => {
        read += 1;
      }),
      scripted,
      SETTINGS,
    );
    const first = out.next();
    await delay(5);
    expect(scripted.open()).toBe(9);
    expect(read).toBe(3);
    released.open();
    expect(((await first).value ?? []).length + (await collect(out)).length).toBe(120);
  });

  test('lets reading go on behind many rows that were answered long ago', async () => {
    const released = gate();
    const late = (query: AddressQuery) => Number(/\d+/.exec(query.address)) >= 25_000;
    const scripted = detector(
      () => released.opened,
      (query) => !late(query),
    );
    const out = collect(enrich(streamed(batchesOf([...Array<number>(25).fill(1000), 1, 1])), scripted, SETTINGS));
    await delay(5);
    while (scripted.asked() === 0) await delay(5);
    expect(scripted.open()).toBe(2);
    released.open();
    expect(await out).toHaveLength(25_002);
  });

  test('never holds more than its size and one batch', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 20 }), async (size, max) => {
        const scripted = detector(() => delay(0));
        const batches = batchesOf(Array.from({ length: 30 }, () => size));
        await collect(enrich(streamed(batches), scripted, { ...SETTINGS, maxOpenQuestions: max }));
        expect(scripted.mostOpen()).toBeLessThanOrEqual(max + size - 1);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a failure', () => {
  const refused = new GorodError('BAD_KEY', 'the key was refused');

  test('of one question ends everything with that error, and stops the questions that are open', async () => {
    const scripted = detector(async (query, signal) => {
      if (query.address.startsWith('Lenina 5')) throw refused;
      await delay(60_000, undefined, signal && { signal });
    });
    await expect(collect(enrich(streamed(batchesOf([4, 4, 4])), scripted, SETTINGS))).rejects.toBe(refused);
    await delay(0);
    expect(scripted.open()).toBe(0);
  });

  test('is the first one where several fail at once', async () => {
    const start = gate();
    const scripted = detector(async (query) => {
      await start.opened;
      throw query.address.startsWith('Lenina 0') ? refused : new Error(query.address);
    });
    const out = collect(enrich(streamed(batchesOf([6, 6])), scripted, SETTINGS));
    start.open();
    await expect(out).rejects.toBe(refused);
  });

  test('of recalling ends everything', async () => {
    const broken: Detector = {
      id: 'broken',
      recall() {
        throw refused;
      },
      ask: () => Promise.reject(new Error('asked')),
    };
    await expect(collect(enrich(streamed(batchesOf([2])), broken, SETTINGS))).rejects.toBe(refused);
  });

  test('of reading ends everything and leaves no question open', async () => {
    const scripted = detector((_, signal) => delay(60_000, undefined, signal && { signal }));
    async function* failing(): AsyncGenerator<CsvRow[], void> {
      yield [row(0)];
      throw new GorodError('BAD_INPUT', 'line 3');
    }
    await expect(collect(enrich(failing(), scripted, SETTINGS))).rejects.toThrow('line 3');
    await delay(0);
    expect(scripted.open()).toBe(0);
  });

  test('is not waited for by whoever stops taking rows', async () => {
    const scripted = detector((query, signal) =>
      query.address.startsWith('Lenina 0') ? Promise.resolve() : delay(60_000, undefined, signal && { signal }),
    );
    for await (const batch of enrich(streamed(batchesOf([1, 2, 20])), scripted, SETTINGS)) {
      expect(batch).toHaveLength(1);
      break;
    }
    await delay(0);
    expect(scripted.open()).toBe(0);
  });
});

test('an abort ends the wait with its reason', async () => {
  const stop = new AbortController();
  const reason = new GorodError('INTERRUPTED', 'interrupted');
  const scripted = detector(
    (_, signal) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true })),
  );
  const out = collect(enrich(streamed(batchesOf([4])), scripted, SETTINGS, stop.signal));
  await delay(1);
  stop.abort(reason);
  await expect(out).rejects.toBe(reason);
  expect(scripted.open()).toBe(0);
});
