import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliOptions, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { CLIENT_ID, CLIENT_SECRET, type ScriptedV2, startScriptedV2 } from '../support/scripted-v2.ts';

const CLIENT = { CDEK_CLIENT_ID: CLIENT_ID, CDEK_CLIENT_SECRET: CLIENT_SECRET };
const POSTCODES = ['675000', '675001', '300000', '420000', '614000', '692000', '692001', '999999'];
const CITIES = ['Blagoveschensk', 'Благовещенск', 'Tula', 'Kazan', 'Perm', 'Ussuriisk', 'Nahodka', 'Nowhere'];

let folder: TemporaryFolder;
let server: ScriptedV2;

beforeEach(async () => {
  folder = temporaryFolder();
  server = await startScriptedV2();
});
afterEach(async () => {
  folder[Symbol.dispose]();
  await server.close();
});

function call(args: readonly string[], options: CliOptions = {}) {
  return gorod(args, { cwd: folder.path, ...options, env: { ...CLIENT, ...options.env } });
}

function runCdek(args: readonly string[], url = server.origin, options: CliOptions = {}) {
  const given = ['--detector', 'cdek', '--endpoint', url, '--cache', 'cache.sqlite'];
  const rate = args.includes('--rate') ? [] : ['--rate', '5000'];
  return call(['run', 'orders.csv', '-o', 'out.csv', ...given, ...rate, ...args], options);
}

/** Rows of eight postcodes; the address is that of the postcode's city. */
function writeOrders(rows: number): void {
  const lines = Array.from({ length: rows }, (_, row) => {
    const which = row % POSTCODES.length;
    return `${row},${POSTCODES[which]},"${CITIES[which]}, Lenina ${row}",${row % 3 === 0 ? 4000 : 0}`;
  });
  writeFileSync(folder.file('orders.csv'), ['id,postcode,address,cod', ...lines, ''].join('\n'));
}

function readRows(name: string): Record<string, string>[] {
  return parse(readFileSync(folder.file(name)), { columns: true, bom: true });
}

describe('gorod run with the cdek detector', () => {
  it('writes the columns of every row from what API v2 and the address say', async () => {
    writeFileSync(
      folder.file('orders.csv'),
      [
        'id,postcode,address,cod',
        '1,675000,"Lenina 21, 2 Blagoveschensk",5000',
        '2,300000,Tula ul Mira 5,500',
        '3,692000,"Nahodka, Lenina 5",',
        '4,692000,"Lenina 5",',
        '5,300001,"Novosibirsk, Lenina 3",',
        '6,999999,Tula,',
        '7,30000,Tula,',
        '8,614000,"Perm, Mira 1",3000',
        '',
      ].join('\n'),
    );
    const result = await runCdek(['--summary', 'summary.json']);
    expect(result).toMatchObject({ code: 0, stdout: '' });
    expect(result.stderr).toContain(`cdek detector at ${server.origin}`);
    expect(readRows('out.csv')).toMatchObject([
      {
        cdek_status: 'OK',
        cdek_message: 'CDEK city detected',
        cdek_verdict: 'accept',
        cdek_cod_flag: '',
        cdek_payment_limit: '-1',
        cdek_city_code: '286',
        cdek_city_name: 'Благовещенск',
        cdek_city_uuid: '0f39b5cc-f2af-41a4-baf2-ac9615f4c2a7',
        cdek_region: 'Амурская',
        cdek_region_code: '56',
        cdek_region_code_ext: '28',
        cdek_sub_region: 'Благовещенск',
        cdek_country_code: 'RU',
        cdek_fias_guid: '8f41253d-6e3b-48a9-842a-25ba894bd093',
        cdek_fias_name: 'Благовещенск',
        cdek_fias_prefix: 'г',
        cdek_fias_level: '4',
        cdek_region_fias_guid: '844a80d6-5e31-4017-b422-4d9c01e9942c',
        cdek_kladr: '2800000100000',
        cdek_latitude: '50.2907',
        cdek_longitude: '127.527',
        cdek_timezone: 'Asia/Yakutsk',
        cdek_possible_cities: 'Благовещенск',
        cdek_source: 'api',
        cdek_confidence: expect.stringMatching(/^0\.9|^1$/),
      },
      {
        cdek_status: 'COD_LIMIT_EXCEEDED',
        cdek_verdict: 'reject',
        cdek_cod_flag: 'COD_LIMIT_EXCEEDED',
        cdek_payment_limit: '0',
      },
      { cdek_status: 'OK', cdek_city_code: '501', cdek_possible_cities: 'Уссурийск|Находка' },
      { cdek_status: 'ERR_NOT_DETECT_CITY_IN_ADDRESS', cdek_verdict: 'review', cdek_city_code: '' },
      {
        cdek_status: 'ERR_NOT_DETECT_CITY_IN_ADDRESS',
        cdek_message: expect.stringContaining('address names Новосибирск'),
      },
      { cdek_status: 'ERR_NOT_DETECT_CITY_IN_ADDRESS', cdek_possible_cities: '', cdek_source: 'api' },
      { cdek_status: 'ERR_BAD_POSTCODE', cdek_verdict: 'reject', cdek_source: '' },
      { cdek_status: 'OK', cdek_payment_limit: '3000', cdek_verdict: 'accept' },
    ]);
    const summary = JSON.parse(readFileSync(folder.file('summary.json'), 'utf8'));
    expect(summary).toMatchObject({ detector: 'cdek', requests: 6, sources: { api: 7 } });
  });

  it('asks one request per distinct postcode with one token, and nothing in a second run', async () => {
    writeOrders(400);
    expect((await runCdek(['--concurrency', '32'])).code).toBe(0);
    expect(server.requests.map(({ query }) => query.postal_code).sort()).toEqual([...POSTCODES].sort());
    expect(server.tokenRequests).toHaveLength(1);
    const first = readFileSync(folder.file('out.csv'), 'utf8');
    expect((await runCdek(['--summary', 'summary.json'])).code).toBe(0);
    expect([server.requests.length, server.tokenRequests.length]).toEqual([8, 1]);
    expect(JSON.parse(readFileSync(folder.file('summary.json'), 'utf8'))).toMatchObject({
      requests: 0,
      cacheHits: 400,
    });
    expect(readFileSync(folder.file('out.csv'), 'utf8').replaceAll(',cache,', ',api,')).toBe(first);
  });

  it('gets one new token when the one it has expires in mid-run', async () => {
    writeOrders(8);
    await using expiring = await startScriptedV2({
      reply: (index) => {
        if (index === 4) expiring.expireTokens();
        return { kind: 'answer' };
      },
    });
    expect((await runCdek(['--concurrency', '1'], expiring.origin)).code).toBe(0);
    expect(expiring.tokenRequests).toHaveLength(2);
    expect(expiring.requests).toHaveLength(9);
    expect(readRows('out.csv').filter((row) => row.cdek_status === 'DEFERRED')).toEqual([]);
  });

  it('never starts more requests a second than --rate, those for tokens included', { timeout: 60_000 }, async () => {
    writeOrders(8);
    await using restless = await startScriptedV2({
      reply: (index) => ({ kind: index % 2 === 0 ? 'unauthorized' : 'answer' }),
    });
    expect((await runCdek(['--rate', '10', '--concurrency', '1'], restless.origin)).code).toBe(0);
    expect([restless.requests.length, restless.tokenRequests.length]).toEqual([16, 9]);
    const starts = [...restless.tokenRequests, ...restless.requests].map(({ startedAt }) => startedAt);
    starts.sort((a, b) => a - b);
    // A start may arrive a little late, and the next one not: two more are allowed in a second.
    for (const [index, start] of starts.entries()) {
      const later = starts[index + 12];
      if (later !== undefined) expect(later - start).toBeGreaterThanOrEqual(1000);
    }
  });

  it('gets over failures as the api detector does', { timeout: 60_000 }, async () => {
    writeOrders(40);
    await runCdek(['--no-cache']);
    const calm = readFileSync(folder.file('out.csv'), 'utf8');
    const troubles = [
      { kind: 'http', status: 429, retryAfter: '0' },
      { kind: 'http', status: 503 },
      { kind: 'reset' },
      { kind: 'odd-header' },
      { kind: 'unauthorized' },
      { kind: 'http', status: 200, body: '<html>' },
      { kind: 'hang' },
    ] as const;
    await using stormy = await startScriptedV2({
      reply: (index) => (index % 2 === 0 ? (troubles[index / 2] ?? { kind: 'answer' }) : { kind: 'answer' }),
      tokenReply: (index) => (index === 0 ? { kind: 'http', status: 503 } : { kind: 'answer' }),
    });
    const result = await runCdek(['--no-cache', '--timeout', '0.5', '--concurrency', '2'], stormy.origin);
    expect(result.code).toBe(0);
    expect(readFileSync(folder.file('out.csv'), 'utf8')).toBe(calm);
  });

  it('goes on with the next host, which gives tokens of its own', async () => {
    writeOrders(8);
    await using dead = await startScriptedV2({ reply: () => ({ kind: 'http', status: 503 }) });
    const result = await runCdek(['--endpoint', `${server.origin}/v2/`, '--retries', '0'], dead.origin);
    expect(result.code).toBe(0);
    expect(server.tokenRequests).toHaveLength(1);
    const shown = server.requests.map(({ headers }) => headers.authorization);
    expect(new Set(shown)).toEqual(new Set([`Bearer ${server.tokens[0]}`]));
  });

  it('ends with 2 and no output when the client is refused', async () => {
    writeOrders(20);
    await using strict = await startScriptedV2({ clientSecret: 'another' });
    const result = await runCdek([], strict.origin);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('CDEK_CLIENT_SECRET');
    expect(existsSync(folder.file('out.csv'))).toBe(false);
    expect(strict.requests).toHaveLength(0);
  });

  it('shows neither id nor secret nor token in anything it writes, whether it succeeds or fails', {
    timeout: 60_000,
  }, async () => {
    writeOrders(16);
    await using failing = await startScriptedV2({ reply: () => ({ kind: 'http', status: 503 }) });
    await using refusing = await startScriptedV2({ clientSecret: 'another' });
    await using doubting = await startScriptedV2({ reply: () => ({ kind: 'unauthorized' }) });
    const shown: string[] = [];
    for (const host of [server, failing, refusing, doubting]) {
      const result = await runCdek(['--summary', 'summary.json', '--retries', '1', '--max-wait', '0'], host.origin);
      shown.push(result.stdout, result.stderr);
      for (const name of ['out.csv', 'summary.json', 'cache.sqlite', 'cache.sqlite-wal', 'out.csv.partial']) {
        if (existsSync(folder.file(name))) shown.push(readFileSync(folder.file(name), 'latin1'));
      }
    }
    const secrets = [CLIENT_ID, CLIENT_SECRET, ...[server, failing, doubting].flatMap(({ tokens }) => tokens)];
    expect(secrets.length).toBeGreaterThan(4);
    for (const secret of secrets) expect(shown.join('\n')).not.toContain(secret);
  });
});

describe('the OAuth client', () => {
  it('is read from files, which win over the environment', async () => {
    writeOrders(1);
    writeFileSync(folder.file('id'), `${CLIENT_ID}\n`);
    writeFileSync(folder.file('secret'), `${CLIENT_SECRET}\r\n`);
    const env = { CDEK_CLIENT_ID: 'wrong', CDEK_CLIENT_SECRET: 'wrong' };
    const files = ['--client-id-file', 'id', '--client-secret-file', 'secret'];
    expect((await runCdek(files, server.origin, { env })).code).toBe(0);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    [{ CDEK_CLIENT_SECRET: '' }, [], 'set CDEK_CLIENT_SECRET or --client-secret-file'],
    [{ CDEK_CLIENT_ID: ' ' }, [], 'set CDEK_CLIENT_ID or --client-id-file'],
    [{ CDEK_CLIENT_ID: '', CDEK_CLIENT_SECRET: '' }, [], '--detector cdek needs an OAuth client'],
    [{}, ['--client-id-file', 'none'], '--client-id-file: cannot read none'],
    [{}, ['--client-secret-file', 'blank'], '--client-secret-file: blank is empty'],
  ])('is missing: %j %j', async (env, args, message) => {
    writeOrders(1);
    writeFileSync(folder.file('blank'), '\n');
    const result = await runCdek(args, server.origin, { env });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
    expect(server.tokenRequests).toHaveLength(0);
  });

  it('is what auto asks with where there is no developer key', async () => {
    writeOrders(1);
    const given = ['run', 'orders.csv', '-o', 'out.csv', '--no-cache', '--endpoint'];
    const result = await call([...given, server.origin, '--summary', 'summary.json']);
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('cdek detector');
    expect(JSON.parse(readFileSync(folder.file('summary.json'), 'utf8'))).toMatchObject({ detector: 'cdek' });
    await using upstream = await startScriptedUpstream();
    const withKey = await call([...given, upstream.url], { env: { CDEK_DEVELOPER_KEY: 'key' } });
    expect(withKey.stderr).toContain('api detector');
    expect(upstream.requests).toHaveLength(1);
  });

  it.each([
    ['https://int.cdek-express.cn/api/v2/detect-city', "belongs to CDEK's detect-city"],
    ['http://127.0.0.1:9/api/v2/detect-city', 'is an address of detect-city'],
    ['http://api.example.test', 'is not encrypted'],
  ])('does not go to %s', async (url, message) => {
    writeOrders(1);
    const result = await runCdek([], url);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
  });
});

describe('--fallback local', () => {
  const GAZETTEER = 'city_code,city_name,region,region_code_ext,postcodes\n150,Тула,Тульская,71,300000\n';

  it.each(['api', 'cdek'])(
    'answers at review where %s cannot be asked, and gorod retry asks again',
    { timeout: 60_000 },
    async (detector) => {
      writeOrders(8);
      writeFileSync(folder.file('places.csv'), GAZETTEER);
      await call(['gazetteer', 'import', 'places.csv', '-o', 'places.sqlite']);
      await using dead = await startScriptedUpstream({ reply: () => ({ kind: 'http', status: 503 }) });
      const key = { CDEK_DEVELOPER_KEY: 'key' };
      const common = ['--detector', detector, '--retries', '0', '--max-wait', '0', '--cache', 'cache.sqlite'];
      const fallback = ['--fallback', 'local', '--gazetteer', 'places.sqlite'];
      const url = detector === 'api' ? dead.url : dead.origin;
      const run = ['run', 'orders.csv', '-o', 'out.csv', '--endpoint', url, ...common, ...fallback];
      const result = await call(run, { env: key });
      expect(result.code).toBe(3);
      expect(result.stderr).toContain('8 rows to ask again: gorod retry out.csv');
      const rows = readRows('out.csv');
      expect(rows.map((row) => row.cdek_source)).toEqual(Array(8).fill('local'));
      expect(rows.map((row) => row.cdek_verdict)).toEqual(Array(8).fill('review'));
      expect(rows[2]).toMatchObject({
        cdek_status: 'OK',
        cdek_city_code: '150',
        cdek_message: expect.stringMatching(
          /^CDEK city detected: answered locally while the service could not be asked/,
        ),
      });
      expect(rows.every((row) => row.cdek_message?.includes('answered locally'))).toBe(true);

      await using upstream = await startScriptedUpstream();
      const back = detector === 'api' ? upstream.url : server.origin;
      const again = await call(['retry', 'out.csv', '--endpoint', back, ...common, ...fallback], { env: key });
      expect(again.code).toBe(0);
      expect(readRows('out.csv').map((row) => row.cdek_source)).toEqual(Array(8).fill('api'));
      expect(detector === 'api' ? upstream.requests : server.requests).toHaveLength(8);
    },
  );

  it('rejects nothing: a limit that only the gazetteer knows is for review too', async () => {
    writeFileSync(folder.file('orders.csv'), 'postcode,address,cod\n300000,"Tula, Mira 1",500\n');
    writeFileSync(
      folder.file('places.csv'),
      'city_code,city_name,region,region_code_ext,postcodes,payment_limit\n150,Тула,Тульская,71,300000,0\n',
    );
    await call(['gazetteer', 'import', 'places.csv', '-o', 'places.sqlite']);
    await using dead = await startScriptedV2({ reply: () => ({ kind: 'http', status: 503 }) });
    const args = ['--fallback', 'local', '--gazetteer', 'places.sqlite', '--retries', '0', '--lang', 'ru'];
    expect((await runCdek(args, dead.origin)).code).toBe(3);
    expect(readRows('out.csv')).toMatchObject([
      {
        cdek_status: 'COD_LIMIT_EXCEEDED',
        cdek_verdict: 'review',
        cdek_message: expect.stringContaining('сервис не ответил'),
      },
    ]);
  });

  it('is off by default: rows are deferred, and --gazetteer is refused', async () => {
    writeOrders(2);
    await using dead = await startScriptedV2({ reply: () => ({ kind: 'http', status: 503 }) });
    expect((await runCdek(['--retries', '0', '--max-wait', '0'], dead.origin)).code).toBe(3);
    expect(readRows('out.csv').map((row) => row.cdek_status)).toEqual(['DEFERRED', 'DEFERRED']);
    const result = await runCdek(['--gazetteer', 'places.sqlite']);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('--fallback local');
  });
});
