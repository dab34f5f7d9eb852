import { describe, expect, test } from 'vitest';
import type { AddressQuery } from '../../../src/address/query.ts';
import { withFallback } from '../../../src/detector/fallback.ts';
import { query } from '../query.ts';
import { DAY, found, JOB_START, refused, rows, type TableApi, tableApi } from './table-api.ts';

const FIRST = 'Lenina 21, 2 Blagoveschensk';
const BLAGOVESHCHENSK = found('Благовещенск', '286');
const TWO = ['Благовещенск', 'Моховая Падь'];
const EVERY = { share: 1, least: 0.995 };

/** Blagoveshchensk and Mokhovaya Pad share a postcode; `Badcityname` is neither. */
function twoCities({ address }: AddressQuery) {
  if (/bad/i.test(address)) return refused(TWO);
  return /pad/i.test(address) ? found('Моховая Падь', '903', TWO) : found('Благовещенск', '286', TWO);
}

async function teach(api: TableApi, addresses: readonly string[]) {
  await rows(api.job({ jobStart: JOB_START - DAY, startsOff: true }), addresses);
  api.asked.length = 0;
}

describe('within one job', () => {
  test('rows learn from the rows before them, in their order', async () => {
    const api = tableApi(() => BLAGOVESHCHENSK);
    const asked = [FIRST, 'Blagoveshchensk, Mira 1', 'Blagoveshchensk, Mira 2', 'Mira 3'];
    expect(await rows(api.job(), asked)).toEqual(['OK 286 api', 'OK 286 inferred', 'OK 286 inferred', 'OK 286 api']);
    expect(api.asked.map(({ address }) => address)).toEqual([FIRST, 'Mira 3']);
  });

  test('each city of a postcode is learnt from the first row that names it', async () => {
    const api = tableApi(twoCities);
    const asked = ['Badcityname 1', FIRST, 'Mokhovaya Pad, Mira 1', 'Blagoveshchensk, Mira 2', 'Mokhovaya Pad, Mira 3'];
    expect(await rows(api.job(), asked)).toEqual([
      'ERR_NOT_DETECT_CITY_IN_ADDRESS - api',
      'OK 286 api',
      'OK 903 api',
      'OK 286 inferred',
      'OK 903 inferred',
    ]);
  });

  test('equal questions get one answer, however they are written', async () => {
    const api = tableApi(() => BLAGOVESHCHENSK);
    const again = [FIRST, 'LENINA 21 2 BLAGOVESCHENSK', 'Mira 1, Blagoveshchensk', 'mira 1 ;  blagoveshchensk'];
    const one = ['OK 286 api', 'OK 286 api', 'OK 286 inferred', 'OK 286 inferred'];
    expect(await rows(api.job(), again)).toEqual(one);
    expect(await rows(api.job(), again)).toEqual(one);
    expect(api.asked).toHaveLength(1);
  });

  test('what has been asked or inferred stays so when the job is gone on with anywhere', async () => {
    const asked = ['Badcityname 1', FIRST, 'Blagoveshchensk, Mira 2', 'Mokhovaya Pad, Mira 1', 'Mokhovaya Pad, Mira 3'];
    const whole = await rows(tableApi(twoCities).job(), asked);
    for (let stopped = 1; stopped < asked.length; stopped += 1) {
      const api = tableApi(twoCities);
      // Rows are read and asked ahead of those that are written.
      for (let written = 0; written < stopped; written += 1) {
        await rows(api.job(), asked.slice(written, stopped));
        expect(await rows(api.job(), asked.slice(written))).toEqual(whole.slice(written));
      }
      expect(api.asked).toHaveLength(3);
    }
  });

  test('what was known before is inferred, whatever the job has asked since', async () => {
    const api = tableApi(() => BLAGOVESHCHENSK);
    await teach(api, [FIRST]);
    const sure = 'Blagoveshchensk, Mira 5';
    const unsure = 'Blagoveshchensk Mira-5';
    await api.job({ startsOff: true }).ask(query({ address: unsure }));
    expect(await rows(api.job(), [sure])).toEqual(['OK 286 inferred']);
  });

  test('an answer that the job has is not passed over where it says something else', async () => {
    const api = tableApi(() => BLAGOVESHCHENSK);
    await teach(api, [FIRST]);
    api.table = () => refused(['Благовещенск']);
    const sure = 'Blagoveshchensk, Mira 5';
    await api.job({ startsOff: true }).ask(query({ address: sure }));
    expect(await rows(api.job(), [sure])).toEqual(['ERR_NOT_DETECT_CITY_IN_ADDRESS - api']);
  });

  test('a row that cannot be asked is deferred, and the next one has its turn', async () => {
    const api = tableApi(({ address }) => (address === FIRST ? 'down' : BLAGOVESHCHENSK));
    const asked = [FIRST, 'Blagoveshchensk, Mira 1', 'Blagoveshchensk, Mira 2'];
    expect(await rows(api.job(), asked)).toEqual(['deferred', 'OK 286 api', 'OK 286 inferred']);
  });

  test('rows that wait for their turn are let go when the job is stopped', async () => {
    const api = tableApi(() => BLAGOVESHCHENSK);
    const job = api.job();
    const stop = new AbortController();
    const waiting = [FIRST, 'Mira 1', 'Mira 2'].map((address) => job.ask(query({ address }), { signal: stop.signal }));
    const ends = Promise.allSettled(waiting);
    stop.abort(new Error('stopped'));
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(api.asked.length).toBeLessThanOrEqual(1);
  });

  test('postcodes do not wait for each other', async () => {
    const api = tableApi(() => BLAGOVESHCHENSK);
    const asked = ['675000', '675002', '675004'].map((postcode) => ({ postcode, address: FIRST }));
    const job = api.job();
    const answers = asked.map((one) => job.ask(query(one)));
    await new Promise(setImmediate);
    expect(api.asked).toHaveLength(3);
    await Promise.all(answers);
  });
});

describe('an audit', () => {
  const streets = Array.from({ length: 400 }, (_, number) => `Blagoveshchensk, Mira-street ${number + 1}`);

  test('asks the API for a share of what could be inferred, the same questions in every attempt', async () => {
    const attempts: string[][] = [];
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const api = tableApi(() => BLAGOVESHCHENSK);
      await teach(api, [FIRST]);
      const answers = await rows(api.job({ audit: { share: 0.1, least: 0.995 } }), streets);
      expect(answers.filter((answer) => answer === 'OK 286 api')).toHaveLength(api.asked.length);
      attempts.push(api.asked.map(({ address }) => address).sort());
    }
    expect(attempts[0]?.length).toBeGreaterThan(20);
    expect(attempts[0]?.length).toBeLessThan(70);
    expect(attempts[1]).toEqual(attempts[0]);
  });

  test('says of each row whether the API agrees', async () => {
    const api = tableApi(() => BLAGOVESHCHENSK);
    await teach(api, [FIRST]);
    api.table = ({ address }) => (address.endsWith('2') ? found('Благовещенск', '287') : BLAGOVESHCHENSK);
    const job = api.job({ audit: { share: 1, least: 0 } });
    const asked = ['Blagoveshchensk, Mira 1', 'Blagoveshchensk, Mira-2'].map((address) => query({ address }));
    const outcomes = await Promise.all(asked.map((one) => job.ask(one)));
    expect(outcomes).toMatchObject([
      { source: 'api', audit: 'agreeing' },
      { source: 'api', audit: 'differing' },
    ]);
    // An answer that is there already is compared as well.
    expect(job.recall(asked)).toMatchObject([{ audit: 'agreeing' }, { audit: 'differing' }]);
  });

  test.each([
    ['another city', found('Благовещенск', '287')],
    ['another status', { ...BLAGOVESHCHENSK, status_code: 'ERR_CDEK_HAS_NO_FIAS_GUID' }],
    ['a refusal', refused(['Благовещенск'])],
    ['a code that is not known', { status_code: 'ERR_NEW' }],
  ])('that brings %s switches inference off', async (_, said) => {
    const api = tableApi(() => BLAGOVESHCHENSK);
    await teach(api, [FIRST]);
    api.table = () => said;
    const told: unknown[] = [];
    const job = api.job({ audit: EVERY, onSwitchedOff: (counts) => told.push(counts) });
    await rows(job, ['Blagoveshchensk, Mira 1']);
    expect(told).toEqual([{ audited: 1, differing: 1 }]);
    expect(job.recall([query({ address: 'Blagoveshchensk, Mira 2' })])).toEqual([undefined]);
  });

  test('undoes what was inferred for later rows, and for no earlier one', async () => {
    const api = tableApi(() => BLAGOVESHCHENSK);
    await teach(api, [FIRST]);
    const lie = found('Благовещенск', '287');
    api.table = () => lie;
    const half = { share: 0.5, least: 0.995 };
    const answers = await rows(api.job({ audit: half }), streets.slice(0, 20));
    const first = answers.indexOf('OK 287 api');
    expect(first).toBeGreaterThanOrEqual(0);
    expect(answers).toEqual(answers.map((_, row) => (row < first ? 'OK 286 inferred' : 'OK 287 api')));
  });

  test('counts what earlier attempts of the job have shown', async () => {
    const api = tableApi(() => BLAGOVESHCHENSK);
    await teach(api, [FIRST]);
    const resumed = (audited: number, differing: number) =>
      rows(api.job({ auditedBefore: { audited, differing } }), ['Blagoveshchensk, Mira 1']);
    expect(await resumed(200, 1)).toEqual(['OK 286 inferred']);
    expect(await resumed(199, 1)).toEqual(['OK 286 api']);
  });

  test('is none where the API could not be asked', async () => {
    const api = tableApi(() => BLAGOVESHCHENSK);
    await teach(api, [FIRST]);
    api.table = () => 'down';
    const told: unknown[] = [];
    const options = { audit: EVERY, onSwitchedOff: (counts: unknown) => told.push(counts) };
    expect(await rows(api.job(options), ['Blagoveshchensk, Mira 1'])).toEqual(['deferred']);
    const local = { id: 'local', recall: () => [], ask: async () => ({ ...ANSWERED, detection: refused(TWO) }) };
    const own = (detector: Parameters<typeof withFallback>[0]) => withFallback(detector, local);
    expect(await rows(api.job({ ...options, own }), ['Blagoveshchensk, Mira 1'])).toEqual([
      'ERR_NOT_DETECT_CITY_IN_ADDRESS - local',
    ]);
    expect(told).toEqual([]);
  });

  const ANSWERED = { kind: 'answered', source: 'local' } as const;
});

describe('a server', () => {
  test('learns from every answer at once, and from contradictions too', async () => {
    let now = JOB_START;
    const api = tableApi(() => BLAGOVESHCHENSK);
    const server = api.job({ jobStart: () => now++ });
    expect(server.settle).toBeUndefined();
    expect(await rows(server, [FIRST])).toEqual(['OK 286 api']);
    expect(await rows(server, ['Blagoveshchensk, Mira 1'])).toEqual(['OK 286 inferred']);
    api.table = () => refused(TWO);
    expect(await rows(server, ['Mira 2'])).toEqual(['ERR_NOT_DETECT_CITY_IN_ADDRESS - api']);
    expect(await rows(server, ['Blagoveshchensk, Mira 3'])).toEqual(['ERR_NOT_DETECT_CITY_IN_ADDRESS - api']);
  });

  test('stops inferring as soon as an audit shows that it must', async () => {
    let now = JOB_START;
    const api = tableApi(() => BLAGOVESHCHENSK);
    const told: unknown[] = [];
    const server = api.job({ jobStart: () => now++, audit: EVERY, onSwitchedOff: (counts) => told.push(counts) });
    await rows(server, [FIRST, 'Blagoveshchensk, Mira 1']);
    api.table = () => refused(['Благовещенск']);
    await rows(server, ['Blagoveshchensk, Mira 2']);
    expect(told).toEqual([{ audited: 1, differing: 1 }]);
  });
});
