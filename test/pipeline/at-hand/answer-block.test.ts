import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Detection } from '../../../src/address/detection.ts';
import { questionKey } from '../../../src/address/key.ts';
import { indexOverrides, settledQuestion } from '../../../src/address/override.ts';
import { memoryCache } from '../../../src/cache/memory-cache.ts';
import type { StoredAnswer } from '../../../src/cache/stored-answer.ts';
import type { ColumnMap } from '../../../src/columns/roles.ts';
import { cutRows } from '../../../src/csv/cut-rows.ts';
import { type RowBlock, rowBlock } from '../../../src/csv/row-block.ts';
import { cached } from '../../../src/detector/cached.ts';
import type { Detector } from '../../../src/detector/detector.ts';
import { overridden } from '../../../src/detector/overridden.ts';
import { type AnsweredBlock, answerBlocks } from '../../../src/pipeline/at-hand/answer-block.ts';
import { type SharedTable, sharedTable } from '../../../src/pipeline/at-hand/shared-table.ts';
import { enrich } from '../../../src/pipeline/enrich.ts';
import { OUTPUT_COLUMNS, type OutputColumn } from '../../../src/pipeline/output-columns.ts';
import { rowRenderer } from '../../../src/pipeline/render-rows.ts';
import { count, emptyTally } from '../../../src/pipeline/tally.ts';
import { findingsCollector } from '../../../src/report/collect.ts';
import { streamOf } from '../../csv/tables.ts';

const START = 1_000_000_000;
const DAY = 86_400_000;
const ASKED = { detectorId: 'api', origin: 'http://127.0.0.1:9' };
const POSTCODES = ['675000', '630000', '101000'];
const ADDRESSES = ['Lenina 1, Blagoveshchensk', 'LENINA 1 blagoveshchensk', 'ул. "Мира", 5', 'Tverskaya 7'];
const WIDTH = 6;

/** What an API may have said of a city: with every kind of limit, of GUIDs, and nothing at all. */
const detection: fc.Arbitrary<Detection> = fc.oneof(
  fc
    .record({
      limit: fc.constantFrom(undefined, -1, 0, 1000, 5000),
      code: fc.constantFrom('44', '137'),
      guid: fc.constantFrom(undefined, 'a', 'b'),
    })
    .map(({ limit, code, guid }) => ({
      status_code: 'OK',
      detected_cdek_city: {
        cityCode: code,
        cityName: 'Город, с запятой',
        ...(limit === undefined ? {} : { paymentLimit: limit }),
        ...(guid === undefined ? {} : { fiasGuid: guid }),
      },
      detected_fias_city: { formal_name: 'Город', guid: 'a' },
    })),
  fc.constantFrom<Detection>(
    { status_code: 'ERR_MANY_CITIES_IN_ADDRESS', possible_cities: ['А', '=Б'] },
    { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS' },
    { status_code: 'COD_LIMIT_EXCEEDED' },
    { status_code: 'OK', detected_cdek_city: { cityCode: '1', cityName: 'X' }, confidence: 0.5 },
  ),
);

const amount = fc.constantFrom(undefined, 0, 500, 1000, 3000);
const lone = fc.record({ detection, okUpTo: amount, exceededFrom: amount, age: fc.constantFrom(0, DAY, 100 * DAY) });
type Lone = typeof lone extends fc.Arbitrary<infer Value> ? Value : never;
const stored: fc.Arbitrary<StoredAnswer> = fc
  .tuple(lone, fc.option(lone, { nil: undefined }))
  .map(([own, earlier]) => ({
    ...storedAnswer(own),
    ...(earlier === undefined ? {} : { earlier: storedAnswer(earlier) }),
  }));

function storedAnswer({ detection: found, okUpTo, exceededFrom, age }: Lone): StoredAnswer {
  return {
    detection: found,
    fetchedAt: START - age,
    ...(okUpTo === undefined ? {} : { okUpTo }),
    ...(exceededFrom === undefined ? {} : { exceededFrom }),
  };
}

const cells = fc.tuple(
  fc.nat(999).map(String),
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...POSTCODES) }, fc.constantFrom('', 'RU-675000', '67500', '"')),
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...ADDRESSES) }, fc.constantFrom('', '630000 Tverskaya 7', 'a\nb')),
  fc.constantFrom<string>(
    '',
    '0',
    '500',
    '1000',
    '1000.5',
    '0.0000001',
    '1e-7',
    '5000',
    '9999',
    '1,500',
    '1.200',
    '1 000',
    '٣',
    'abc',
    '-5',
    '500 руб',
  ),
  fc.constantFrom<string>('', 'cash on delivery', 'paid'),
  fc.constantFrom<string>('', '', 'Россия', 'de', 'RUB'),
);

/** Files cut into blocks, the answers that are known, and how the columns are taken. */
const scene = fc.record({
  blocks: fc.array(fc.array(cells, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }),
  answers: fc.array(stored, {
    minLength: POSTCODES.length * ADDRESSES.length,
    maxLength: POSTCODES.length * ADDRESSES.length,
  }),
  fiasOnly: fc.boolean(),
  ownLimit: fc.constantFrom(undefined, -1, 0, 700),
  columns: fc.constantFrom<ColumnMap>(
    { postcode: 1, address: [2], cod: 3, country: 5 },
    { postcode: 1, address: [2, 0], cod: undefined, country: undefined },
    { postcode: undefined, address: [2], cod: 3, country: undefined },
    { postcode: 1, address: [2], cod: 3, country: undefined, codRule: { payment: 4, currency: 5, amountIs: 'unpaid' } },
  ),
  fields: fc.constantFrom<readonly OutputColumn[]>(OUTPUT_COLUMNS, ['status', 'cod_flag']),
  quoted: fc.boolean(),
  eol: fc.constantFrom('\n' as const, '\r\n' as const),
  isCollected: fc.boolean(),
  isSettled: fc.boolean(),
});

type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never;

function detectorOf({ answers, fiasOnly, isSettled }: Scene): Detector {
  const cache = memoryCache();
  const questions = POSTCODES.flatMap((postcode) =>
    ADDRESSES.map((address) => ({ postcode, address, countryCode: 'ru', fiasOnly, codRub: 0 })),
  );
  for (const [index, question] of questions.entries()) {
    const answer = answers[index];
    if (answer !== undefined) cache.set(questionKey(ASKED, question), answer);
  }
  const upstream = { origin: ASKED.origin, ask: async () => Promise.reject(new Error('nothing is asked')) };
  const lifetimes = { ttlMs: 30 * DAY, negativeTtlMs: 30 * DAY };
  const detector = cached(upstream, { id: 'api', cache, jobStart: START, ...lifetimes });
  if (!isSettled) return detector;
  const settled = ['675000', '67500'].map((postcode) => ({
    question: settledQuestion({ postcode, address: 'Tverskaya 7', countryCode: 'ru', fiasOnly, codRub: 0 }),
    correction: { kind: 'question' as const, postcode: '630000' },
  }));
  return overridden(detector, indexOverrides(settled), 0.85);
}

function blocksOf({ blocks, quoted, eol }: Scene): RowBlock[] {
  return blocks.map((rows) => {
    const text = stringify(rows, { quoted, quoted_match: /[\r\n]/, record_delimiter: eol });
    const bytes = Buffer.from(text);
    const syntax = { delimiter: 0x2c, width: WIDTH, maxRecordBytes: 1 << 20 };
    const cut = cutRows(bytes, syntax, { line: 2, ended: true });
    expect(cut).toMatchObject({ isOdd: false, end: bytes.length });
    return rowBlock(bytes, cut.marks, ',');
  });
}

function settingsOf({ columns, fields, fiasOnly, ownLimit, eol, isCollected }: Scene) {
  const dialect = { delimiter: ',', eol };
  const collector = () => findingsCollector({ file: 'orders.csv', language: 'en' });
  return {
    columns,
    width: WIDTH,
    defaults: { country: 'ru', fiasOnly },
    rules: { limitOf: () => ownLimit, acceptConfidence: 0.85 },
    maxOpenQuestions: 8,
    layout: {
      dialect,
      inputDelimiter: ',',
      fields,
      prefix: 'cdek_',
      language: 'ru' as const,
      replaced: new Set<number>(),
      width: WIDTH,
    },
    newCollector: isCollected ? collector : undefined,
  };
}

/** What `enrich` and `rowRenderer` make of the rows of a block; undefined where one of them has to be asked. */
async function rowByRow(block: RowBlock, detector: Detector, settings: ReturnType<typeof settingsOf>) {
  const render = rowRenderer(settings.layout);
  const tally = emptyTally();
  const collector = settings.newCollector?.();
  let text = '';
  let isAsked = false;
  const watched = {
    ...detector,
    ask: async () => {
      isAsked = true;
      return { kind: 'deferred' as const, reason: 'asked' };
    },
  };
  for await (const batch of enrich(streamOf([block.rows()]), watched, settings)) {
    text += render(batch);
    for (const row of batch) {
      count(tally, row);
      collector?.add(row);
    }
  }
  return isAsked ? undefined : { text, tally, collected: collector?.save() };
}

function shown(answered: AnsweredBlock | undefined) {
  if (answered === undefined) return undefined;
  const { bytes, tally, collected } = answered;
  return { text: Buffer.from(bytes).toString(), tally, collected };
}

const OLD = cityAnswer('44', 1000);
const NEW = cityAnswer('137', 5000);

function cityAnswer(cityCode: string, paymentLimit: number): StoredAnswer {
  return {
    detection: { status_code: 'OK', detected_cdek_city: { cityCode, cityName: cityCode, paymentLimit } },
    fetchedAt: START - DAY,
    okUpTo: 0,
  };
}

/** Answerers that look into one cache, and what is learnt meanwhile by another run. */
function answerersOfOneJob() {
  const [chosen] = fc.sample(scene, { numRuns: 1, seed: 1 });
  if (chosen === undefined) throw new Error('no scene');
  const shown = {
    ...chosen,
    columns: { postcode: 1, address: [2], cod: 3, country: undefined },
    fields: ['status', 'city_code', 'payment_limit'] as const,
    isCollected: false,
    ownLimit: undefined,
    quoted: false,
    eol: '\n' as const,
  };
  const cache = memoryCache();
  const upstream = { origin: ASKED.origin, ask: async () => Promise.reject(new Error('nothing is asked')) };
  const options = { id: 'api', cache, jobStart: () => START, ttlMs: 30 * DAY, negativeTtlMs: 30 * DAY };
  return {
    learn: (address: string, answer: StoredAnswer) =>
      cache.set(questionKey(ASKED, { postcode: '675000', address, countryCode: 'ru', fiasOnly: false }), answer),
    answerer(memory?: SharedArrayBuffer) {
      const { answer, share } = answerBlocks(cached(upstream, options), settingsOf(shown), memory);
      const said = (address: string, cod: string) => {
        const [block] = blocksOf({ ...shown, blocks: [[['1', '675000', address, cod, '', '']]] });
        return String(Buffer.from(answer(block as RowBlock)?.bytes ?? '')).trim();
      };
      return { said, share, memory: share().memory };
    },
  };
}

/** Uses a table's memory up to so many words of four bytes, or all of it. */
function fill(table: SharedTable, wordsLeft: number): void {
  const words = new Int32Array(table.memory);
  const large = Buffer.alloc(1 << 20);
  for (let next = words[0] ?? 0; words.length - next > large.length; next = words[0] ?? 0) {
    large.writeInt32LE(next);
    table.put(large, 1);
  }
  const rest = words.length - (words[0] ?? 0) - 3 - wordsLeft;
  table.put(Buffer.alloc(rest * 4, 'x'), 1);
  if (wordsLeft === 0) expect(table.isFull()).toBe(true);
}

describe('blocks whose answers are at hand', () => {
  test('come out as their rows do one by one, whatever was answered before', async () => {
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(scene, fc.boolean(), async (chosen, isShared) => {
        const detector = detectorOf(chosen);
        const settings = settingsOf(chosen);
        const blocks = blocksOf(chosen);
        const first = answerBlocks(detector, settings);
        // As another thread has one: with a detector of its own and the memory of the first.
        const second = answerBlocks(detectorOf(chosen), settings, first.share().memory);
        // Each block three times, so that everything is remembered that can be, by both.
        for (const [turn, block] of [...blocks, ...blocks, ...blocks].entries()) {
          const answerer = isShared && turn % 2 === 1 ? second : first;
          const answered = answerer.answer(block);
          const expected = await rowByRow(block, detector, settings);
          expect(shown(answered)).toEqual(expected);
          if (answered === undefined) continue;
          whole += 1;
          expect(answered.length).toBe(block.length);
          answerer.takeBack(answered.bytes);
        }
      }),
      { numRuns: 300 },
    );
    expect(whole).toBeGreaterThan(300);
  });

  test('ask the detector once for rows that ask the same, whatever their amounts', () => {
    const answers = Array.from({ length: 12 }, () => ({
      detection: { status_code: 'OK', detected_cdek_city: { cityCode: '44', cityName: 'Москва', paymentLimit: 5000 } },
      fetchedAt: START - DAY,
      okUpTo: 0,
    }));
    const [chosen] = fc.sample(scene, { numRuns: 1, seed: 1 });
    if (chosen === undefined) throw new Error('no scene');
    const rows = ['0', '500', '9999', '501', '9998', ''].map((cod, number) => {
      const all: [string, string, string, string, string, string] = [
        String(number),
        '675000',
        'Tverskaya 7',
        cod,
        '',
        '',
      ];
      return all;
    });
    const columns: ColumnMap = { postcode: 1, address: [2], cod: 3, country: 5 };
    const plain = { ...chosen, columns, answers, fiasOnly: false, isSettled: false, ownLimit: undefined };
    const detector = detectorOf(plain);
    let recalled = 0;
    const watched: Detector = {
      ...detector,
      recall: (queries) => {
        recalled += queries.length;
        return detector.recall(queries);
      },
    };
    const answerer = answerBlocks(watched, settingsOf(plain));
    for (const row of rows) answerer.answer(blocksOf({ ...plain, blocks: [[row]] })[0] as RowBlock);
    expect(recalled).toBe(1);
  });

  test('keep to the answer that a question had first, also where another run is told another one meanwhile', () => {
    const { learn, answerer } = answerersOfOneJob();
    const { said } = answerer();
    learn('Lenina 1', OLD);
    learn('Lenina 2', OLD);
    expect(said('Lenina 1', '500')).toContain('OK,44,1000');
    expect(said('Lenina 2', '500')).toContain('OK,44,1000');
    // Another run asks anew, and is told something else of one of them and of a third.
    learn('Lenina 1', NEW);
    learn('Lenina 3', NEW);
    expect(said('Lenina 1', '2000')).toContain('COD_LIMIT_EXCEEDED,44,1000');
    expect(said('Lenina 3', '2000')).toContain('OK,137,5000');
    expect(said('Lenina 2', '9000')).toContain('COD_LIMIT_EXCEEDED,44,1000');
    expect(said('Lenina 3', '9000')).toContain('COD_LIMIT_EXCEEDED,137,5000');
  });

  test('take over what another thread was told, but never mix it with what they were told themselves', () => {
    const { learn, answerer } = answerersOfOneJob();
    const one = answerer();
    const other = answerer(one.memory);
    learn('Lenina 1', OLD);
    learn('Lenina 2', OLD);
    expect(one.said('Lenina 1', '500')).toContain('OK,44,1000');
    expect(one.said('Lenina 2', '500')).toContain('OK,44,1000');
    learn('Lenina 1', NEW);
    learn('Lenina 2', NEW);
    // Nobody looks for it again.
    expect(other.said('Lenina 1', '400')).toContain('OK,44,1000');
    // Nobody has answered it for such an amount.
    expect(other.said('Lenina 1', '2000')).toContain('OK,137,5000');
    expect(one.said('Lenina 2', '2000')).toContain('COD_LIMIT_EXCEEDED,44,1000');
    expect(other.said('Lenina 2', '9000')).toContain('COD_LIMIT_EXCEEDED,44,1000');
    for (const amount of ['', '400', '2000', '9000']) {
      for (const { said } of [one, other, one]) expect(said('Lenina 1', amount)).toMatch(/,44,1000|,137,5000/);
    }
    expect(one.said('Lenina 1', '2000')).not.toMatch(/OK,44/);
    expect(other.said('Lenina 1', '9000')).not.toMatch(/OK/);
  });

  test('go on in other memory once theirs is full, unless it was given to them: then nothing more is at hand', () => {
    const { learn, answerer } = answerersOfOneJob();
    learn('Lenina 1', OLD);
    learn('Lenina 2', NEW);
    const own = answerer();
    const given = answerer(own.memory);
    expect(given.said('Lenina 1', '500')).toContain('OK,44,1000');
    fill(sharedTable(own.memory), 0);
    expect(given.said('Lenina 1', '500')).toContain('OK,44,1000');
    expect(given.said('Lenina 2', '500')).toBe('');
    expect(given.share().memory).toBe(own.memory);

    // Also where it answers nothing itself and only shares.
    const next = own.share().memory;
    expect(next).not.toBe(own.memory);
    expect(own.said('Lenina 1', '500')).toContain('OK,44,1000');
    expect(own.said('Lenina 1', '2000')).toContain('COD_LIMIT_EXCEEDED,44,1000');
    expect(answerer(next).said('Lenina 2', '500')).toContain('OK,137,5000');
  });

  test('come out as their rows do one by one also where the memory gets full in the midst of one', async () => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(scene, fc.nat(600), fc.boolean(), async (chosen, wordsLeft, isShared) => {
        const detector = detectorOf(chosen);
        const settings = settingsOf(chosen);
        const first = answerBlocks(detector, settings);
        const { memory } = first.share();
        const second = answerBlocks(detectorOf(chosen), settings, memory);
        fill(sharedTable(memory), wordsLeft);
        const blocks = blocksOf(chosen);
        for (const [turn, block] of [...blocks, ...blocks].entries()) {
          const expected = await rowByRow(block, detector, settings);
          const answered = (isShared && turn % 2 === 1 ? second : first).answer(block);
          // A block that is not answered goes row by row.
          if (answered !== undefined) expect(shown(answered)).toEqual(expected);
          else if (expected !== undefined) asked += 1;
        }
        // Nobody is kept from new memory.
        if (!sharedTable(memory).isFull()) return;
        expect(first.share().memory).not.toBe(memory);
        for (const block of blocks) {
          expect(shown(first.answer(block))).toEqual(await rowByRow(block, detector, settings));
        }
      }),
      { numRuns: 60 },
    );
    expect(asked).toBeGreaterThan(10);
  });

  test('tell an amount from a text that is written as the amount would be', () => {
    const answers = Array.from({ length: 12 }, () => ({
      detection: { status_code: 'OK', detected_cdek_city: { cityCode: '44', cityName: 'Москва' } },
      fetchedAt: START - DAY,
      okUpTo: 10,
    }));
    const [chosen] = fc.sample(scene, { numRuns: 1, seed: 1 });
    if (chosen === undefined) throw new Error('no scene');
    const columns: ColumnMap = { postcode: 1, address: [2], cod: 3, country: undefined };
    const plain = {
      ...chosen,
      columns,
      answers,
      fiasOnly: false,
      isSettled: false,
      ownLimit: undefined,
      quoted: false,
    };
    const row = (cod: string): [string, string, string, string, string, string] => [
      '1',
      '675000',
      'Tverskaya 7',
      cod,
      '',
      '',
    ];
    const [block] = blocksOf({ ...plain, blocks: [[row('0.0000001'), row('1e-7')]] });
    const answered = answerBlocks(detectorOf(plain), settingsOf(plain)).answer(block as RowBlock);
    expect(Object.fromEntries(answered?.tally.statuses ?? [])).toEqual({ OK: 1, ERR_BAD_COD: 1 });
  });
});
