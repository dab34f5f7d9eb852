import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createDetector,
  type Detector,
  detect,
  enrich,
  GorodError,
  type OpenDetector,
  OUTPUT_COLUMNS,
} from '../../src/index.ts';

let detector: OpenDetector;

beforeAll(async () => {
  detector = await createDetector({ detector: 'local' });
});
afterAll(() => detector.close());

const BLAGOVESHCHENSK = { postcode: '675000', address: 'Lenina 21, 2 Blagoveschensk' };

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test('a question is answered offline with verdict, columns and the API’s own shape', async () => {
  const row = { ...BLAGOVESHCHENSK, order: 'A-1' };
  const answer = await detect(row, detector, { language: 'zh' });
  expect(answer.row).toBe(row);
  expect(answer.judgement).toMatchObject({ status: 'OK', verdict: 'accept' });
  expect(Object.keys(answer.columns)).toEqual(OUTPUT_COLUMNS);
  expect(answer.columns).toMatchObject({
    status: 'OK',
    city_code: '286',
    message: 'CDEK城市识别成功',
    source: 'local',
  });
  expect(answer.toApiAnswer()).toMatchObject({
    ...BLAGOVESHCHENSK,
    status_code: 'OK',
    detected_cdek_city: { cityCode: '286' },
  });
});

test('the shop’s own limits decide on the COD', async () => {
  const limitOf = () => 5000;
  const within = await detect({ ...BLAGOVESHCHENSK, cod: 5000 }, detector, { limitOf });
  const above = await detect({ ...BLAGOVESHCHENSK, cod: '5 000,01 руб.' }, detector, { limitOf });
  expect(within.judgement).toMatchObject({ verdict: 'accept', paymentLimit: 5000 });
  expect(above.judgement).toMatchObject({ verdict: 'reject', codFlag: 'COD_LIMIT_EXCEEDED' });
});

describe('cells that are no texts', () => {
  test('a postcode may be a number, an address a list', async () => {
    const { query } = await detect({ postcode: 675000, address: ['Lenina 21', '', 'Blagoveschensk'] }, detector);
    expect(query).toMatchObject({ postcode: '675000', address: 'Lenina 21, Blagoveschensk', codRub: 0 });
  });

  test('a number of roubles is taken as it is, which the same text could not be', async () => {
    for (const cod of [0, 1500, 0.5, 1.25, 1.255, 99.9999]) {
      expect((await detect({ ...BLAGOVESHCHENSK, cod }, detector)).query?.codRub).toBe(cod);
    }
    const asText = await detect({ ...BLAGOVESHCHENSK, cod: '1.255' }, detector);
    expect(asText.judgement.status).toBe('ERR_BAD_COD');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1e21, 1e-7])('%d roubles are none', async (cod) => {
    expect((await detect({ ...BLAGOVESHCHENSK, cod }, detector)).judgement.status).toBe('ERR_BAD_COD');
  });

  test.each([
    [{ postcode: null, address: 'Lenina 1' }, 'ERR_NO_POSTCODE'],
    [{ postcode: '675000', address: undefined }, 'ERR_NO_ADDRESS'],
    [{ ...BLAGOVESHCHENSK, country: 'Kazakhstan' }, 'ERR_BAD_COUNTRY'],
    [{ postcode: '6750', address: 'Lenina 1' }, 'ERR_BAD_POSTCODE'],
  ])('%j is an answer of its own', async (row, status) => {
    const answer = await detect(row, detector);
    expect(answer.judgement).toMatchObject({ status, verdict: 'reject' });
    expect(answer.toApiAnswer().status_code).toBe(status);
  });
});

test('as many rows come out as go in, the very same in the same order', async () => {
  const row = fc.record({
    postcode: fc.constantFrom('675000', 'x', '', '101000', 630024),
    address: fc.string(),
    cod: fc.oneof(fc.string(), fc.double()),
  });
  const properties = fc.asyncProperty(fc.array(row, { maxLength: 300 }), fc.boolean(), async (rows, isAsync) => {
    async function* source() {
      for (const [at, item] of rows.entries()) {
        if (at % 100 === 99) await new Promise(setImmediate);
        yield item;
      }
    }
    const out = await all(enrich(isAsync ? source() : rows, detector));
    expect(out.map((enriched) => enriched.row)).toEqual(rows);
    for (const [at, enriched] of out.entries()) expect(enriched.row).toBe(rows[at]);
  });
  await fc.assert(properties, { numRuns: 20 });
});

test('what is known is yielded while the source is still to give its next row', async () => {
  let end = () => {};
  async function* source() {
    yield BLAGOVESHCHENSK;
    await new Promise<void>((resolve) => {
      end = resolve;
    });
  }
  const answers = enrich(source(), detector);
  expect((await answers.next()).value?.judgement.verdict).toBe('accept');
  end();
  expect((await answers.next()).done).toBe(true);
});

test('arrays are read as `read` tells', async () => {
  const rows = [['A-1', '675000', 'Blagoveschensk']] as const;
  const [answer] = await all(enrich(rows, detector, { read: ([, postcode, address]) => ({ postcode, address }) }));
  expect(answer?.row[0]).toBe('A-1');
  expect(answer?.columns.city_code).toBe('286');
});

describe('it ends', () => {
  test('with what the source throws', async () => {
    async function* source() {
      yield BLAGOVESHCHENSK;
      throw new Error('the database is gone');
    }
    await expect(all(enrich(source(), detector))).rejects.toThrow('the database is gone');
  });

  test('with what `read` throws', async () => {
    const read = () => {
      throw new Error('no such column');
    };
    await expect(all(enrich([1], detector, { read }))).rejects.toThrow('no such column');
  });

  test('with the reason of its signal, also while the source is silent, and leaves no listener behind', async () => {
    const stop = new AbortController();
    async function* silent() {
      yield BLAGOVESHCHENSK;
      await new Promise(() => {});
    }
    const answers = enrich(silent(), detector, { signal: stop.signal });
    await answers.next();
    const ended = expect(answers.next()).rejects.toThrow('enough');
    stop.abort(new Error('enough'));
    await ended;
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    await expect(all(enrich([BLAGOVESHCHENSK], detector, { signal: stop.signal }))).rejects.toThrow('enough');
  });

  test('the source when the consumer has had enough', async () => {
    let isEnded = false;
    function* source() {
      try {
        for (;;) yield BLAGOVESHCHENSK;
      } finally {
        isEnded = true;
      }
    }
    for await (const answer of enrich(source(), detector)) {
      expect(answer.judgement.verdict).toBe('accept');
      break;
    }
    expect(isEnded).toBe(true);
  });

  test('with the error of a detector for which going on is pointless', async () => {
    const refusing: Detector = {
      id: 'refusing',
      recall: (queries) => queries.map(() => undefined),
      ask: () => Promise.reject(new GorodError('BAD_KEY', 'the key is refused')),
    };
    await expect(all(enrich([BLAGOVESHCHENSK], refusing))).rejects.toMatchObject({ code: 'BAD_KEY', exitCode: 2 });
  });
});
