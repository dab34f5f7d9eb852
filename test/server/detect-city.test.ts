import { once } from 'node:events';
import { connect } from 'node:net';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GorodError } from '../../src/errors.ts';
import { ANSWER_SCHEMA } from '../../src/server/documents.ts';
import { createKeyring, hashKey } from '../../src/server/keys.ts';
import { answerTo, asking, builtin, startApp, type TestServer } from './support/app.ts';

const QUESTION = { postcode: '675000', address: 'Lenina 21, 2 Blagoveschensk' };

let server: TestServer;
beforeAll(async () => {
  server = await startApp();
});
afterAll(() => server[Symbol.asyncDispose]());

describe('an answer about the address is HTTP 200', () => {
  test('with the seed’s fields and nothing else where there is no doubt', async () => {
    const { status, headers, body } = await server.ask(QUESTION);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(body).toMatchObject({ ...QUESTION, status_code: 'OK', status_msg: 'CDEK城市识别成功' });
    expect(Object.keys(body)).toEqual([
      'address',
      'detected_cdek_city',
      'detected_fias_city',
      'possible_cities',
      'postcode',
      'status_code',
      'status_msg',
    ]);
  });

  test('also where nothing was detected', async () => {
    const { status, body } = await server.ask({
      postcode: '675000',
      address: 'Lenina 21, 2 Badcityname',
      cod_rub: 100,
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      address: 'Lenina 21, 2 Badcityname',
      possible_cities: ['Благовещенск'],
      postcode: '675000',
      status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS',
      status_msg: '地址字段没有邮编对应的城市名',
    });
  });

  test('fits the schema that the document of the API has', async () => {
    const validate = new Ajv().compile(ANSWER_SCHEMA);
    const answers = await Promise.all([server.ask(QUESTION), server.ask({ ...QUESTION, fias_only: true })]);
    for (const { body } of answers) expect([validate(body), validate.errors]).toEqual([true, null]);
  });

  test.each<[string, object, object]>([
    ['a postcode as a number', { postcode: 675000 }, { status_code: 'OK', postcode: '675000' }],
    ['a postcode as a shop leaves it', { postcode: "'675000.0" }, { status_code: 'OK', postcode: "'675000.0" }],
    ['fields that are not known', { colour: 'red', __x: {} }, { status_code: 'OK' }],
    ['null for what is not there', { cod_rub: null, fias_only: null, country_code: null }, { status_code: 'OK' }],
    ['Russia in another spelling', { country_code: 'RUS' }, { status_code: 'OK' }],
    ['an amount as a text', { cod_rub: '1 500,00' }, { status_code: 'OK' }],
    ['an amount with three decimals', { cod_rub: 1.234 }, { status_code: 'OK' }],
    ['only the FIAS place', { fias_only: true }, { status_code: 'OK', detected_cdek_city: undefined }],
  ])('%s', async (_, fields, expected) => {
    const { status, body } = await server.ask({ ...QUESTION, ...fields });
    expect(status).toBe(200);
    expect({ detected_cdek_city: undefined, ...body }).toMatchObject(expected);
  });

  test('COD above the limit is told for the amount that was asked', async () => {
    await using limited = await startApp({ detector: asking(async (query) => answerTo(query)) });
    const codes = await Promise.all([1000, '1000.01'].map((cod_rub) => limited.ask({ ...QUESTION, cod_rub })));
    expect(codes.map(({ body }) => body.status_code)).toEqual(['OK', 'COD_LIMIT_EXCEEDED']);
  });

  test('a code that is not known to us passes through', async () => {
    const detection = { status_code: 'ERR_NEW', status_msg: 'new' };
    await using odd = await startApp({
      detector: asking(async () => ({ kind: 'answered', source: 'api', detection })),
    });
    expect(await odd.ask(QUESTION)).toMatchObject({ status: 200, body: { ...QUESTION, ...detection } });
    expect(await (await fetch(`${odd.origin}/metrics`)).text()).toContain('status_code="other"');
  });
});

describe('doubt is part of the answer', () => {
  test.each([
    [{ confidence: 0.7 }, { confidence: 0.7 }],
    [{ confidence: 0.9 }, {}],
    [{ confidence: 0.9, fallback: true }, { fallback: true }],
  ])('%j', async (doubt, expected) => {
    await using doubting = await startApp({ detector: asking(async (query) => answerTo(query, doubt)) });
    const { confidence, fallback } = (await doubting.ask(QUESTION)).body;
    expect(JSON.parse(JSON.stringify({ confidence, fallback }))).toEqual(expected);
  });
});

describe('what is no question is refused with its code', () => {
  test.each<[string, unknown, number, string, RegExp]>([
    ['no postcode', { address: 'x' }, 400, 'ERR_NO_POSTCODE', /没提交邮编/],
    ['an empty postcode', { postcode: ' ', address: 'x' }, 400, 'ERR_NO_POSTCODE', /没提交邮编/],
    ['no address', { postcode: '675000' }, 400, 'ERR_NO_ADDRESS', /没提交地址字段/],
    ['an address of nothing', { postcode: '675000', address: ' - ' }, 400, 'ERR_NO_ADDRESS', /没提交地址字段/],
    ['another country', { ...QUESTION, country_code: 'kz' }, 400, 'ERR_BAD_COUNTRY', /不支持的国家/],
    ['a postcode of five digits', { ...QUESTION, postcode: 67500 }, 400, 'ERR_BAD_REQUEST', /邮编不是六位数字/],
    ['an amount with two meanings', { ...QUESTION, cod_rub: '1.200' }, 400, 'ERR_BAD_REQUEST', /代收货款/],
    ['a negative amount', { ...QUESTION, cod_rub: -1 }, 400, 'ERR_BAD_REQUEST', /代收货款/],
    [
      'an amount without end',
      '{"postcode":"675000","address":"x","cod_rub":1e300}',
      400,
      'ERR_BAD_REQUEST',
      /代收货款/,
    ],
    ['an address that is a number', { ...QUESTION, address: 5 }, 400, 'ERR_BAD_REQUEST', /类型.*address/],
    ['a broken postcode type', { ...QUESTION, postcode: 6750.5 }, 400, 'ERR_BAD_REQUEST', /类型.*postcode/],
    ['fias_only as a text', { ...QUESTION, fias_only: 'yes' }, 400, 'ERR_BAD_REQUEST', /类型.*fias_only/],
    ['an array', [QUESTION], 400, 'ERR_BAD_REQUEST', /类型/],
    ['a text', '"x"', 400, 'ERR_BAD_REQUEST', /类型/],
    ['null', 'null', 400, 'ERR_BAD_REQUEST', /类型/],
    ['no JSON', '{"address": "secret street', 400, 'ERR_BAD_REQUEST', /^请求内容不是JSON$/],
    ['nothing at all', '', 400, 'ERR_BAD_REQUEST', /^请求内容不是JSON$/],
    ['a poisoned prototype', '{"__proto__": {"x": 1}}', 400, 'ERR_BAD_REQUEST', /^请求内容不是JSON$/],
    ['more than a question can have', { ...QUESTION, more: 'x'.repeat(70_000) }, 413, 'ERR_BAD_REQUEST', /过大/],
  ])('%s', async (_, question, http, code, message) => {
    const { status, body } = await server.ask(question);
    expect({ status, code: body.status_code }).toEqual({ status: http, code });
    expect(body.status_msg).toMatch(message);
  });

  test.each([
    ['en', 'A field has the wrong type: postcode must be string / integer / null'],
    ['zh', '字段类型不正确：postcode 应为 string / integer / null'],
    ['ru', 'Поле не того типа: postcode — нужно string / integer / null'],
  ])('a field of the wrong type is named in %s', async (language, told) => {
    const { body } = await server.ask({ ...QUESTION, postcode: [] }, { headers: { 'accept-language': language } });
    expect(body.status_msg).toBe(told);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx'])('%s', async (type) => {
    const { status, body } = await server.ask(QUESTION, { headers: { 'content-type': type } });
    expect({ status, code: body.status_code }).toEqual({ status: 400, code: 'ERR_BAD_REQUEST' });
  });

  test('what belongs to the question is echoed', async () => {
    const { body } = await server.ask({ postcode: 67500, address: 'x' });
    expect(body).toMatchObject({ postcode: '67500', address: 'x' });
  });
});

describe('texts are in the language that is asked for', () => {
  test.each([
    ['', undefined, '没提交邮编'],
    ['', 'ru', 'Не указан почтовый индекс'],
    ['?lang=en', 'ru', 'No postcode given'],
    ['?lang=zh', 'en', '没提交邮编'],
  ])('%j and Accept-Language %j', async (search, header, message) => {
    const headers: Record<string, string> = header === undefined ? {} : { 'accept-language': header };
    expect((await server.ask({ address: 'x' }, { search, headers })).body.status_msg).toBe(message);
  });

  test('one that is not known is refused', async () => {
    const { status, body } = await server.ask(QUESTION, { search: '?lang=de' });
    expect({ status, code: body.status_code }).toEqual({ status: 400, code: 'ERR_BAD_REQUEST' });
  });

  test('remembered answers included', async () => {
    await using remembering = await startApp({ isUnchanging: true });
    const messages: unknown[] = [];
    for (const lang of ['zh', 'en', 'zh', 'ru', 'en']) {
      messages.push((await remembering.ask(QUESTION, { search: `?lang=${lang}` })).body.status_msg);
    }
    const [zh, en, , ru] = messages;
    expect(messages).toEqual([zh, en, zh, ru, en]);
    expect(new Set(messages).size).toBe(3);
  });
});

describe('keys', () => {
  test.each<[string, Record<string, string>, number, string]>([
    ['none', {}, 401, 'ERR_NO_DEVKEY'],
    ['an empty one', { 'cdek-developer-key': ' ' }, 401, 'ERR_NO_DEVKEY'],
    ['another one', { 'cdek-developer-key': 'twO' }, 403, 'ERR_BAD_DEVKEY'],
    ['the right one', { 'CDEK-Developer-Key': 'two' }, 200, 'OK'],
  ])('%s', async (_, headers, http, code) => {
    const keys = createKeyring([
      { name: 'one', sha256: hashKey('one') },
      { name: 'two', sha256: hashKey('two') },
    ]);
    await using keyed = await startApp({ keys, limited: true });
    for (const path of ['/api/v2/detect-city', '/api/v2/detect-city/batch', '/csv']) {
      const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
      const response = await fetch(keyed.origin + path, { ...init, body: JSON.stringify(QUESTION) });
      const body = await response.json();
      if (path !== '/api/v2/detect-city' && http === 200) continue;
      expect([response.status, body]).toMatchObject([http, { status_code: code }]);
      expect(body).toHaveProperty('status_msg');
    }
  });

  test('a key with a limit gets no more than that in a second, over all routes; others are not held back', async () => {
    const keys = createKeyring([
      { name: 'slow', sha256: hashKey('slow'), limit: 3 },
      { name: 'fast', sha256: hashKey('fast') },
    ]);
    await using keyed = await startApp({ keys, limited: true });
    const ask = (key: string) => keyed.ask(QUESTION, { headers: { 'cdek-developer-key': key } });
    const replies = await Promise.all(Array.from({ length: 10 }, () => ask('slow')));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(3);
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(7);
    expect(refused[0]?.body).toEqual({ status_code: 'ERR_RATE_LIMIT', status_msg: expect.stringMatching(/频繁/) });
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    const others = await Promise.all(Array.from({ length: 20 }, () => ask('fast')));
    expect(others.every(({ status }) => status === 200)).toBe(true);
  });
});

describe('when the upstream does not answer', () => {
  test('a deferred question is ERR_UNAVAILABLE, worth another try', async () => {
    await using down = await startApp({ detector: asking(async () => ({ kind: 'deferred', reason: 'HTTP 503' })) });
    const { status, headers, body } = await down.ask(QUESTION, { search: '?lang=en' });
    expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 503, retryAfter: '10' });
    expect(body).toEqual({
      ...QUESTION,
      status_code: 'ERR_UNAVAILABLE',
      status_msg: expect.stringMatching('HTTP 503'),
    });
  });

  test('why is said in the language of the client', async () => {
    const reason = 'connection refused';
    await using down = await startApp({ detector: asking(async () => ({ kind: 'deferred', reason })) });
    const { body } = await down.ask(QUESTION, { search: '?lang=ru' });
    expect(body.status_msg).toBe('Сервис не ответил, повторите позже: в соединении отказано');
  });

  test('a client waits only so long', async () => {
    const never = asking(
      (_, signal) => new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    );
    await using slow = await startApp({ detector: never, settings: { answerWithinMs: 30 } });
    expect(await slow.ask(QUESTION)).toMatchObject({ status: 503, body: { status_code: 'ERR_UNAVAILABLE' } });
  });

  test.each([
    ['a refused key', new GorodError('BAD_KEY', 'The developer key for http://x was refused')],
    ['a broken cache', new GorodError('CACHE_UNUSABLE', 'the cache is broken')],
    ['anything else', new TypeError('x is not a function')],
  ])('%s is our own fault, which only the log tells', async (_, error) => {
    await using broken = await startApp({ detector: asking(() => Promise.reject(error)) });
    const { status, body } = await broken.ask(QUESTION);
    expect({ status, body }).toEqual({
      status: 500,
      body: { status_code: 'ERR_INTERNAL', status_msg: '接口内部错误' },
    });
    expect(broken.log.join('')).toContain(error.message);
  });
});

describe('HTTP', () => {
  test.each([
    ['GET', '/api/v2/detect-city', 405, 'POST'],
    ['PUT', '/csv?x=1', 405, 'POST'],
    ['DELETE', '/healthz', 405, 'GET, HEAD'],
    ['GET', '/', 404, null],
    ['POST', '/api/v2/detect-city/', 404, null],
    ['GET', '/%ff', 400, null],
  ])('%s %s is %i', async (method, path, http, allow) => {
    const response = await fetch(server.origin + path, { method });
    expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({ status: http, allow });
    expect(await response.json()).toMatchObject({ status_code: 'ERR_BAD_REQUEST', status_msg: expect.any(String) });
  });

  test.each([
    ['what is no HTTP', 'nonsense\r\n\r\n', 'HTTP/1.1 400 '],
    ['headers without end', `GET / HTTP/1.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 'HTTP/1.1 431 '],
  ])('%s is refused with a code too', async (_, sent, begins) => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    socket.end(sent);
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
    });
    await once(socket, 'close');
    expect(received.startsWith(begins)).toBe(true);
    expect(JSON.parse(received.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status_code: 'ERR_BAD_REQUEST' });
  });

  test('a request id is kept, or given; a strange one is not repeated', async () => {
    const idOf = async (headers: Record<string, string>) =>
      (await server.ask(QUESTION, { headers })).headers.get('x-request-id');
    expect(await idOf({ 'x-request-id': 'order-17' })).toBe('order-17');
    const [one, other] = [await idOf({}), await idOf({ 'x-request-id': 'a b<script>' })];
    expect(one).toMatch(/^[\w-]+$/);
    expect(other).toMatch(/^[\w-]+$/);
    expect(one).not.toBe(other);
  });

  test('more requests than are taken on at one time are told to come later', async () => {
    let answer: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const detector = asking(async (query) => {
      await held;
      return answerTo(query);
    });
    await using small = await startApp({ detector, settings: { maxConnections: 2 } });
    // The connections are bounded alike: what comes over them is counted here.
    small.app.server.maxConnections = 100;
    const first = [small.ask(QUESTION), small.ask(QUESTION)];
    while (small.traffic.open() < 2) await new Promise(setImmediate);
    const third = await small.ask(QUESTION);
    expect(third).toMatchObject({ status: 503, body: { status_code: 'ERR_UNAVAILABLE' } });
    expect(third.headers.get('retry-after')).toBe('1');
    answer();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200]);
  });

  test('a JSON body that does not arrive is cut off, and nothing stays open', async () => {
    await using patient = await startApp({ detector: builtin() });
    const socket = connect(Number(new URL(patient.origin).port), '127.0.0.1');
    const head = ['POST /api/v2/detect-city HTTP/1.1', 'Host: x', 'CDEK-Developer-Key: x'];
    socket.write(`${head.join('\r\n')}\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"post`);
    socket.on('error', () => {});
    while (patient.traffic.open() === 0) await new Promise(setImmediate);
    patient.traffic.cutLate(60_000);
    expect(patient.traffic.open()).toBe(1);
    patient.traffic.cutLate(-1);
    await once(socket, 'close');
    while (patient.traffic.open() > 0) await new Promise(setImmediate);
  });
});
