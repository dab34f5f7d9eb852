import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliOptions, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type ScriptedV2,
  type ScriptedV2Options,
  startScriptedV2,
  type V2City,
} from '../support/scripted-v2.ts';

const CITIES: readonly V2City[] = Array.from({ length: 1200 }, (_, index) => ({
  code: index + 1,
  city: `Село ${index + 1}`,
  country_code: 'RU',
  region: 'Амурская область',
  region_code: 56,
  payment_limit: -1,
  postal_codes: [String(675_000 + index)],
}));

const FIRST: V2City = CITIES[0] ?? { postal_codes: [] };

let folder: TemporaryFolder;
let server: ScriptedV2;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  folder[Symbol.dispose]();
  await server?.close();
});

async function serve(options: ScriptedV2Options = {}): Promise<ScriptedV2> {
  server = await startScriptedV2({ cities: CITIES, ...options });
  return server;
}

function sync(args: readonly string[] = [], options: CliOptions = {}) {
  const env = { CDEK_CLIENT_ID: CLIENT_ID, CDEK_CLIENT_SECRET: CLIENT_SECRET, ...options.env };
  const given = ['gazetteer', 'sync', '-o', 'cdek.sqlite', '--endpoint', server.origin, '--rate', '5000'];
  return gorod([...given, ...args], { cwd: folder.path, ...options, env });
}

describe('gorod gazetteer sync', { timeout: 60_000 }, () => {
  it('copies all pages and postcodes into a gazetteer that the local detector answers from', async () => {
    await serve();
    const result = await sync();
    expect(result).toMatchObject({ code: 0 });
    expect(result.stdout).toContain('cdek.sqlite: 1200 cities, 1200 postcodes\n  the first sync');
    expect(result.stderr).toContain('requests 1208');
    expect(server.tokenRequests).toHaveLength(1);
    const pages = server.requests.filter(({ path }) => path === '/v2/location/cities').map(({ query }) => query);
    expect(pages[1]).toEqual({ country_codes: 'RU', size: '1000', page: '1' });
    const question = ['--postcode', '676100', '--address', 'Selo 1101'];
    const detected = await gorod(['detect', '--detector', 'local', '--gazetteer', 'cdek.sqlite', ...question], {
      cwd: folder.path,
    });
    expect(JSON.parse(detected.stdout)).toMatchObject({ detected_cdek_city: { cityCode: '1101', paymentLimit: -1 } });
  });

  it('goes on where it was interrupted or killed, and says later what has changed', async () => {
    await serve({ latencyMs: 5 });
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      const from = server.requests.length;
      const result = await sync([], {
        whileRunning: (child) => {
          const poll = setInterval(() => {
            if (server.requests.length < from + 300) return;
            clearInterval(poll);
            child.kill(signal);
          }, 5);
        },
      });
      expect(result.code).toBe(signal === 'SIGINT' ? 130 : null);
      expect(existsSync(folder.file('cdek.sqlite'))).toBe(false);
    }
    const result = await sync();
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('going on with the sync of');
    expect(result.stdout).toContain('1200 cities, 1200 postcodes');
    // All that was under way when it ended is asked again, and nothing else.
    expect(server.requests.length).toBeLessThanOrEqual(1208 + 2 * 8);

    server.setCities([...CITIES.slice(1), { ...FIRST, payment_limit: 0 }, { ...FIRST, code: 2000 }]);
    expect((await sync(['--quiet'])).stdout).toMatch(
      /cities 1 added, 0 gone, 1 changed; postcodes 0 added, 0 gone\n {2}\+ 2000 Село 1 .*\n {2}~ 1 Село 1 .*: payment_limit -1 → 0\n/,
    );
  });

  it('gets over a token that expires, 429, 5xx and slow answers', async () => {
    const cities = CITIES.slice(0, 40);
    const troubles = [
      { kind: 'http', status: 429, retryAfter: '0' },
      { kind: 'odd-header' },
      { kind: 'unauthorized' },
      { kind: 'http', status: 502 },
      { kind: 'hang' },
      { kind: 'http', status: 200, body: '[{' },
    ] as const;
    await serve({
      cities,
      reply: (index) => (index % 4 === 0 ? (troubles[index / 4] ?? { kind: 'answer' }) : { kind: 'answer' }),
    });
    const result = await sync(['--timeout', '0.5']);
    expect(result.code).toBe(0);
    expect(result.stdout).toContain('40 cities, 40 postcodes');
  });

  it('ends with 1 where API v2 fails, keeps what it has, and shows no credential', async () => {
    let isDown = false;
    await serve({ reply: (index) => (isDown || index > 50 ? { kind: 'http', status: 503 } : { kind: 'answer' }) });
    const result = await sync(['--retries', '0', '--max-wait', '0']);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('HTTP 503. Run the same command again to go on.');
    isDown = true;
    const again = await sync(['--retries', '0', '--max-wait', '0']);
    expect(again.stderr).toContain('1200 cities read');
    const written = [result, again].flatMap(({ stdout, stderr }) => [stdout, stderr]);
    written.push(readFileSync(folder.file('cdek.sqlite.sync'), 'latin1'));
    for (const secret of [CLIENT_ID, CLIENT_SECRET, ...server.tokens]) expect(written.join()).not.toContain(secret);
  });

  it.each(['v2_entity_not_found', 'v2_invalid_page'])(
    'reads to the end from a server of smaller pages that says %s behind the last',
    async (code) => {
      await serve({
        cities: CITIES.slice(0, 60),
        reply: (_, { query }) => {
          if (query.page === undefined) return { kind: 'answer' };
          const from = 20 * Number(query.page);
          if (from >= 60) return { kind: 'errors', code, status: 404 };
          return { kind: 'answer', body: CITIES.slice(from, from + 20).map(({ postal_codes: _, ...city }) => city) };
        },
      });
      const result = await sync();
      expect(result).toMatchObject({ code: 0 });
      expect(result.stdout).toContain('60 cities, 60 postcodes');
      expect(server.requests.filter(({ query }) => query.page === '3')).toHaveLength(2);
    },
  );

  it.each(['v2_internal_error', 'v2_unknown_error', 'unauthorized_page'])(
    'takes %s for a failure and no end, and goes on from there later',
    async (code) => {
      let isBroken = true;
      await serve({
        cities: CITIES.slice(0, 30),
        reply: (_, { query }) => {
          if (query.page === undefined) return { kind: 'answer' };
          if (query.page === '1' && isBroken) return { kind: 'errors', code };
          const from = 20 * Number(query.page);
          const some = CITIES.slice(0, 30).slice(from, from + 20);
          return { kind: 'answer', body: some.map(({ postal_codes: _, ...city }) => city) };
        },
      });
      const result = await sync(['--retries', '1', '--max-wait', '0']);
      expect(result.code).toBe(1);
      expect(result.stderr).toContain(`API v2: ${code}. Run the same command again to go on.`);
      expect(existsSync(folder.file('cdek.sqlite'))).toBe(false);
      isBroken = false;
      const again = await sync();
      expect(again).toMatchObject({ code: 0 });
      expect(again.stdout).toContain('30 cities, 30 postcodes');
      expect(server.requests.filter(({ query }) => query.page === '0')).toHaveLength(1);
    },
  );

  it('does not show a token that the server repeats as an error code', async () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9';
    await serve({
      tokenReply: () => ({ kind: 'answer', body: { access_token: token, token_type: 'bearer', expires_in: 3599 } }),
      reply: () => ({ kind: 'errors', code: token }),
    });
    const result = await sync(['--retries', '0', '--max-wait', '0']);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('HTTP 400');
    expect(result.stdout + result.stderr).not.toContain(token);
  });

  it.each([
    [{ CDEK_CLIENT_ID: '', CDEK_CLIENT_SECRET: '' }, [], 'gorod gazetteer sync needs an OAuth client'],
    [{}, ['--endpoint', 'detect-city'], "belongs to CDEK's detect-city"],
    [{ CDEK_CLIENT_SECRET: 'wrong' }, [], 'The OAuth client for http://127.0.0.1'],
  ])('ends with 2: %j %j', async (env, args, message) => {
    await serve();
    const result = await sync(args, { env });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
    expect(existsSync(folder.file('cdek.sqlite'))).toBe(false);
  });
});
