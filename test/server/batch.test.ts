import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerTo, asking, KEY, startApp, type TestServer } from './support/app.ts';

const PATH = '/api/v2/detect-city/batch';
const NDJSON = { 'content-type': 'application/x-ndjson' };
const QUESTION = { postcode: '675000', address: 'Lenina 21, 2 Blagoveschensk' };

let server: TestServer;
beforeAll(async () => {
  server = await startApp();
});
afterAll(() => server[Symbol.asyncDispose]());

type Answer = Readonly<Record<string, unknown>>;

async function ndjson(body: string, to = server, search = ''): Promise<Answer[]> {
  const response = await to.post(PATH + search, { headers: NDJSON, body });
  expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  const text = await response.text();
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

async function array(items: readonly unknown[], to = server): Promise<Answer[]> {
  const headers = { 'content-type': 'application/json' };
  const response = await to.post(PATH, { headers, body: JSON.stringify(items) });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  return (await response.json()) as Answer[];
}

describe('each item is answered as if it were asked alone', () => {
  const items = [
    QUESTION,
    { postcode: '675000', address: 'Lenina 21, 2 Badcityname', cod_rub: 100 },
    { postcode: 1, address: 'x' },
    { postcode: '675000' },
    { ...QUESTION, fias_only: true },
  ];

  test('in an array', async () => {
    const alone = await Promise.all(items.map((item) => server.ask(item)));
    expect(await array(items)).toEqual(alone.map(({ body }) => body));
  });

  test('in NDJSON, in the language that is asked for', async () => {
    const alone = await Promise.all(items.map((item) => server.ask(item, { search: '?lang=ru' })));
    const lines = items.map((item) => JSON.stringify(item)).join('\n');
    expect(await ndjson(lines, server, '?lang=ru')).toEqual(alone.map(({ body }) => body));
  });
});

describe('a bad item has its own error in its place', () => {
  test('in NDJSON', async () => {
    const good = JSON.stringify(QUESTION);
    const lines = [good, '{"broken', '[1]', '', '   ', good, `"${'x'.repeat(70_000)}"`, 'null', good];
    const answers = await ndjson(`${lines.join('\r\n')}\r\n`);
    expect(answers.map(({ status_code }) => status_code)).toEqual([
      'OK',
      'ERR_BAD_REQUEST',
      'ERR_BAD_REQUEST',
      'OK',
      'ERR_BAD_REQUEST',
      'ERR_BAD_REQUEST',
      'OK',
    ]);
    expect(answers.every(({ status_msg }) => typeof status_msg === 'string')).toBe(true);
  });

  test('in an array', async () => {
    const answers = await array([QUESTION, 5, null, [QUESTION], { ...QUESTION, address: 5 }, QUESTION]);
    const codes = answers.map(({ status_code }) => status_code);
    expect(codes).toEqual(['OK', ...Array(4).fill('ERR_BAD_REQUEST'), 'OK']);
    expect(answers[4]?.status_msg).toMatch(/address 应为 string/);
  });

  test('when its upstream is down, or breaks', async () => {
    const detector = asking(async (query) => {
      if (query.address === 'down') return { kind: 'deferred', reason: 'HTTP 503' };
      if (query.address === 'breaks') throw new Error('no');
      return answerTo(query);
    });
    await using partly = await startApp({ detector });
    const answers = await array(
      ['a', 'down', 'b', 'breaks', 'breaks', 'c'].map((address) => ({ ...QUESTION, address })),
      partly,
    );
    expect(answers.map(({ status_code }) => status_code)).toEqual([
      'OK',
      'ERR_UNAVAILABLE',
      'OK',
      'ERR_INTERNAL',
      'ERR_INTERNAL',
      'OK',
    ]);
    expect(partly.log.filter((line) => line.includes('a question of a batch failed'))).toHaveLength(1);
  });
});

test('answers come in the order of the questions, whatever each takes', async () => {
  const detector = asking(async (query) => {
    await delay(Number(query.address.split('-')[1]));
    return answerTo(query);
  });
  await using slow = await startApp({ detector, settings: { maxOpenQuestions: 7 } });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 60 }), async (delays) => {
      const items = delays.map((ms, index) => ({ ...QUESTION, address: `q${index}-${ms}` }));
      const asked = items.map(({ address }) => address);
      expect((await ndjson(items.map((item) => JSON.stringify(item)).join('\n'), slow)).map(addressOf)).toEqual(asked);
      expect((await array(items, slow)).map(addressOf)).toEqual(asked);
    }),
    { numRuns: 10 },
  );
});

function addressOf({ address }: Answer): unknown {
  return address;
}

describe('what is no batch is refused as a whole', () => {
  test.each([
    ['an object', 'application/json', JSON.stringify(QUESTION), 400],
    ['broken JSON', 'application/json', '[{', 400],
    ['another type', 'text/plain', '[]', 400],
    ['an array that is too large', 'application/json', `["${'x'.repeat(5 * 1024 * 1024)}"]`, 413],
  ])('%s', async (_, type, body, http) => {
    const response = await server.post(PATH, { headers: { 'content-type': type }, body });
    expect(response.status).toBe(http);
    expect(await response.json()).toMatchObject({ status_code: 'ERR_BAD_REQUEST', status_msg: expect.any(String) });
  });

  test('nothing is answered with nothing', async () => {
    expect(await array([])).toEqual([]);
    expect(await ndjson('')).toEqual([]);
    expect(await ndjson('\n\n')).toEqual([]);
  });
});

/** Opens a batch whose questions are sent, and whose answers are read, as the test goes on. */
function openBatch(to: TestServer) {
  const request = httpRequest(to.origin + PATH, { method: 'POST', headers: { ...KEY, ...NDJSON } });
  request.on('error', () => {});
  const response = new Promise<import('node:http').IncomingMessage>((resolve) => request.on('response', resolve));
  request.flushHeaders();
  return { request, response };
}

describe('a batch is a stream', () => {
  test('an answer comes before the next question is asked', async () => {
    const { request, response } = openBatch(server);
    request.write(`${JSON.stringify(QUESTION)}\n`);
    const answers = (await response).setEncoding('utf8');
    const [first] = await once(answers, 'data');
    expect(JSON.parse(String(first))).toMatchObject(QUESTION);
    request.end(`${JSON.stringify({ ...QUESTION, address: 'second' })}\n`);
    let rest = '';
    for await (const text of answers) rest += text;
    expect(JSON.parse(rest.trim())).toMatchObject({ address: 'second' });
  });

  test('who does not read the answers is not read from either', async () => {
    let recalled = 0;
    const large = { status_code: 'OK', possible_cities: ['x'.repeat(10_000)] };
    const detector = {
      ...asking(async (query) => answerTo(query)),
      recall: (queries: readonly unknown[]) => {
        recalled += queries.length;
        return queries.map(() => ({ kind: 'answered', source: 'local', detection: large }) as const);
      },
    };
    await using greedy = await startApp({ detector });
    const { request, response } = openBatch(greedy);
    const line = `${JSON.stringify(QUESTION)}\n`;
    const total = 20_000;
    let sent = 0;
    const write = () => {
      while (sent < total) {
        sent += 100;
        if (!request.write(line.repeat(100))) return void request.once('drain', write);
      }
      request.end();
    };
    write();
    const answers = await response;
    // Nothing is read of the answers until what comes of the questions stands still.
    for (let before = -1; before !== recalled; ) {
      before = recalled;
      await delay(100);
    }
    expect(recalled).toBeLessThan(total / 2);
    let count = 0;
    for await (const piece of answers) count += String(piece).split('\n').length - 1;
    expect(count).toBe(total);
  });

  test('a client that leaves ends its own waits, and what it took is given back', async () => {
    const signals: AbortSignal[] = [];
    const detector = asking(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          if (signal === undefined) return;
          signals.push(signal);
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    await using slow = await startApp({ detector, settings: { maxStreams: 1 } });
    const { request } = openBatch(slow);
    request.write(`${JSON.stringify(QUESTION)}\n`);
    while (signals.length === 0) await delay(1);
    expect((await slow.post(PATH, { headers: NDJSON, body: '{}' })).status).toBe(503);
    request.destroy();
    while (slow.traffic.open() > 0) await delay(1);
    expect(signals[0]?.aborted).toBe(true);
    expect((await slow.post(PATH, { headers: NDJSON, body: '{}' })).status).toBe(200);
  });
});
