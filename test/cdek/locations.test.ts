import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { UpstreamFailure } from '../../src/detector/upstream.ts';
import { type ScriptedV2, type ScriptedV2Options, startScriptedV2, type V2Reply } from '../support/scripted-v2.ts';
import { SEED_CDEK_CITY } from '../support/seed-example.ts';
import { openV2 } from './api-v2.ts';

let server: ScriptedV2;

afterEach(() => server[Symbol.asyncDispose]());

async function ask(options: ScriptedV2Options, postcode = '675000', timeoutMs = 5000) {
  server = await startScriptedV2(options);
  return openV2(server.origin, undefined, timeoutMs).ask(postcode);
}

function answering(body: unknown, status = 200): ScriptedV2Options {
  return { reply: () => ({ kind: 'answer', body, status }) };
}

describe('the cities of a postcode', () => {
  test("have detect-city's fields", async () => {
    const { regionCodeExt: _, ...city } = SEED_CDEK_CITY;
    expect(await ask({})).toEqual([city]);
    expect(server.requests[0]).toMatchObject({
      path: '/v2/location/cities',
      query: { country_codes: 'RU', postal_code: '675000' },
    });
  });

  test('are several, one or none', async () => {
    expect((await ask({}, '692000')).map(({ cityName }) => cityName)).toEqual(['Уссурийск', 'Находка']);
    await server.close();
    expect(await ask({}, '999999')).toEqual([]);
  });

  test('may have their codes as numbers or as texts, and lack all but the name', async () => {
    const list = [
      { code: '22', city: ' Заборье ', region_code: '9', latitude: '55.9', longitude: 29.3, payment_limit: '0' },
      { city: 'Безкодово' },
    ];
    expect(await ask(answering(list))).toEqual([
      { cityCode: '22', cityName: 'Заборье', regionCode: '9', latitude: 55.9, longitude: 29.3, paymentLimit: 0 },
      { cityName: 'Безкодово' },
    ]);
  });

  test.each([
    [-1, -1],
    [0, 0],
    ['-1.0', -1],
    [30000.5, 30000.5],
    [-2, undefined],
    [null, undefined],
    ['much', undefined],
  ])('have a payment limit of three states: %j is %j', async (payment_limit, expected) => {
    const [city] = await ask(answering([{ code: 1, city: 'Тула', payment_limit }]));
    expect(city?.paymentLimit).toBe(expected);
  });

  test.each([
    [1_100_000_700_000, '1100000700000'],
    [100_000_100_000, '0100000100000'],
    ['01000001000', '0100000100000'],
    [1_000_001_000, '0100000100000'],
  ])('have a KLADR code of 13 digits also where it came as %j', async (kladr_code, expected) => {
    const [city] = await ask(answering([{ code: 1, city: 'Майкоп', kladr_code }]));
    expect(city?.kladr).toBe(expected);
  });

  test('are those of Russia that have a name', async () => {
    const list = [{ code: 1 }, 'Тула', null, { code: 2, city: 'Минск', country_code: 'BY' }, { code: 3, city: 'Тула' }];
    expect((await ask(answering(list))).map(({ cityCode }) => cityCode)).toEqual(['3']);
  });

  test.each(['v2_postal_code_not_found', 'ERR_POSTCODE_UNKNOWN', 'v2_invalid_value_postal_code'])(
    'are none where the postcode is unknown: %s',
    async (code) => {
      expect(await ask({ reply: () => ({ kind: 'errors', code }) })).toEqual([]);
    },
  );

  test.each<[string, V2Reply, string]>([
    ['another error', { kind: 'errors', code: 'v2_bad_request' }, 'API v2: v2_bad_request'],
    [
      'an error that is no code',
      { kind: 'answer', status: 400, body: { errors: [{ code: '<b>tell</b>', message: 1 }] } },
      'HTTP 400',
    ],
    ['an error without a code', { kind: 'answer', status: 400, body: { errors: ['x'] } }, 'API v2: unknown'],
    ['an internal error', { kind: 'errors', code: 'v2_internal_error', status: 500 }, 'HTTP 500'],
    ['a gateway', { kind: 'answer', body: { timestamp: 'now', path: '/v2', status: 500, error: 'x' } }, 'HTTP 500'],
    ['429', { kind: 'http', status: 429, retryAfter: '3' }, 'HTTP 429'],
    ['502', { kind: 'http', status: 502 }, 'HTTP 502'],
    ['404', { kind: 'http', status: 404 }, 'HTTP 404'],
    ['403 of a firewall', { kind: 'http', status: 403, body: '<html>' }, 'HTTP 403'],
    ['a reset', { kind: 'reset' }, 'connection reset'],
    ['silence', { kind: 'hang' }, 'timed out after 0.3 s'],
    ['an empty body', { kind: 'http', status: 200, body: '' }, 'body is empty'],
    ['HTML', { kind: 'http', status: 200, body: '<html>' }, 'body is not JSON'],
    ['half an answer', { kind: 'http', status: 200, body: '[{"code":1,"ci' }, 'body is not JSON'],
    ['an object', { kind: 'answer', body: { cities: [] } }, 'body is no list of cities'],
    ['a text', { kind: 'answer', body: 'none' }, 'body is no list of cities'],
    ['a list of nothing that can be read', { kind: 'answer', body: [null, {}] }, 'body holds no city that can be read'],
    ['a list that came with 202', { kind: 'answer', status: 202, body: [] }, 'HTTP 202'],
  ])('are not known after %s', async (_, reply, message) => {
    const asked = ask({ reply: () => reply }, '675000', reply.kind === 'hang' ? 300 : 5000);
    const error = await asked.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UpstreamFailure);
    expect(error).toMatchObject({ message });
    if (reply.kind === 'http' && reply.retryAfter !== undefined) expect(error).toMatchObject({ retryAfterMs: 3000 });
  });

  test('are refused to a client that may not ask', async () => {
    const forbidden = { kind: 'errors', code: 'v2_forbidden', status: 403 } as const;
    await expect(ask({ reply: () => forbidden })).rejects.toMatchObject({ code: 'BAD_KEY' });
  });

  test('are a list or a failure, whatever JSON comes', async () => {
    let body: unknown;
    server = await startScriptedV2({ reply: () => ({ kind: 'answer', body }) });
    const upstream = openV2(server.origin);
    const field = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant({}), fc.double());
    const city = fc.record({ code: field, city: field, latitude: field, kladr_code: field, country_code: field });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.array(fc.oneof(city, field)), fc.jsonValue()), async (json) => {
        body = json;
        const cities = await upstream.ask('675000').catch((error: unknown) => error);
        if (!Array.isArray(cities)) expect(cities).toBeInstanceOf(UpstreamFailure);
        else for (const { cityName } of cities) expect(cityName.trim()).not.toBe('');
      }),
      { numRuns: 60 },
    );
  });
});
