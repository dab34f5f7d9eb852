import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { APPLICATION_ID, SCHEMA_VERSION } from '../../src/cache/schema.ts';
import { type OpenedCache, openSqliteCache } from '../../src/cache/sqlite-cache.ts';
import type { StoredAnswer } from '../../src/cache/stored-answer.ts';
import { GorodError } from '../../src/errors.ts';

const NOW = Date.parse('2026-11-22T10:20:30.456Z');

let folder: string;
let file: string;
const opened: OpenedCache[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gorod-cache-'));
  file = join(folder, 'answers.sqlite');
});
afterEach(() => {
  for (const { cache } of opened.splice(0)) cache.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(path = file): OpenedCache {
  const cache = openSqliteCache(path, { now: () => NOW });
  opened.push(cache);
  return cache;
}

function answer(cityCode = '286'): StoredAnswer {
  const detected_cdek_city = { cityCode, cityName: 'Благовещенск', fiasGuid: '8f41253d-6e3b-48a9-842a-25ba894bd093' };
  return { detection: { status_code: 'OK', detected_cdek_city }, okUpTo: 0, fetchedAt: 5 };
}

/** Writes a cache with many answers and closes it, so that everything is in the one file. */
function fill(count = 2000): void {
  const { cache } = openSqliteCache(file);
  for (let i = 0; i < count; i++) cache.set(`key ${i}`, answer(String(i)));
  cache.close();
}

function failure(work: () => unknown): GorodError {
  try {
    work();
  } catch (error) {
    if (error instanceof GorodError) return error;
    throw error;
  }
  return expect.fail('nothing was thrown');
}

describe('a cache file', () => {
  test('is made with its folder, for its owner alone, log included', () => {
    const deep = join(folder, 'a', 'b', 'answers.sqlite');
    open(deep).cache.set('key', answer());
    const modes = readdirSync(join(folder, 'a', 'b')).map((name) => [
      name,
      (statSync(join(folder, 'a', 'b', name)).mode & 0o777).toString(8),
    ]);
    expect(modes).toContainEqual(['answers.sqlite', '600']);
    expect(new Set(modes.map(([, mode]) => mode))).toEqual(new Set(['600']));
    expect((statSync(join(folder, 'a')).mode & 0o777).toString(8)).toBe('700');
  });

  test('keeps its answers from one opening to the next', () => {
    fill(3);
    const { cache, warnings } = open();
    expect(cache.getMany(['key 1', 'key 9'])).toEqual([answer('1'), undefined]);
    expect(warnings).toEqual([]);
  });

  test('shows an answer to another run as soon as it is stored', () => {
    const [one, two] = [open(), open()];
    one.cache.set('key', answer());
    expect(two.cache.getMany(['key'])).toEqual([answer()]);
    two.cache.set('key', answer('44'));
    expect(one.cache.getMany(['key'])).toEqual([answer('44')]);
  });

  test('keeps what was stored when the process is killed a moment later', () => {
    const script = `
      import { openSqliteCache } from ${JSON.stringify(new URL('../../src/cache/sqlite-cache.ts', import.meta.url).href)};
      openSqliteCache(${JSON.stringify(file)}).cache.set('key', ${JSON.stringify(answer())});
      process.kill(process.pid, 'SIGKILL');
    `;
    const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    expect(child.signal).toBe('SIGKILL');
    expect(open().cache.getMany(['key'])).toEqual([answer()]);
  });

  test('has FIAS GUID and city code in columns with an index', () => {
    fill(3);
    const database = new Database(file, { readonly: true });
    const columns = database.prepare('SELECT fias_guid, city_code FROM answers WHERE city_code = ?').all('1');
    expect(columns).toEqual([{ fias_guid: '8f41253d-6e3b-48a9-842a-25ba894bd093', city_code: '1' }]);
    for (const column of ['fias_guid', 'city_code']) {
      const plan = JSON.stringify(
        database.prepare(`EXPLAIN QUERY PLAN SELECT id FROM answers WHERE ${column} = '1'`).all(),
      );
      expect(plan).toContain(`answers_${column}`);
    }
    database.close();
  });

  test('stores an answer once, however many questions share it', () => {
    const { cache } = open();
    for (let i = 0; i < 50; i++) cache.set(`key ${i}`, answer());
    const database = new Database(file, { readonly: true });
    expect(database.prepare('SELECT count(*) FROM answers').pluck().get()).toBe(1);
    database.close();
  });

  test('has an answer that makes no sense asked again', () => {
    fill(3);
    const database = new Database(file);
    database.exec(`UPDATE answers SET json = '{"status_code":7}' WHERE city_code = '0'`);
    database.exec(`UPDATE answers SET json = '{"status' WHERE city_code = '1'`);
    database.close();
    const { cache } = open();
    expect(cache.getMany(['key 0', 'key 1', 'key 2'])).toEqual([undefined, undefined, answer('2')]);
    cache.set('key 0', answer('0'));
    expect(cache.getMany(['key 0'])).toEqual([answer('0')]);
  });
});

describe('a useless file is set aside under a dated name and a new one begun', () => {
  const KEPT = 'answers.sqlite.damaged-2026-11-22T102030456Z';

  const DAMAGES: readonly (readonly [string, () => void])[] = [
    ['truncated to half', () => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ['truncated by a few bytes', () => truncateSync(file, statSync(file).size - 10)],
    ['truncated in its header', () => truncateSync(file, 50)],
    ['zeroed', () => writeFileSync(file, Buffer.alloc(statSync(file).size))],
    ['overwritten with a text', () => writeFileSync(file, 'postcode;address\n675000;Lenina 21\n'.repeat(100))],
    ['overwritten in its schema', () => overwrite(16 + 84, 1000)],
    [
      'replaced by the database of another program',
      () => {
        rmSync(file);
        const other = new Database(file);
        other.exec('CREATE TABLE bookmarks (url TEXT)');
        other.close();
      },
    ],
    [
      'replaced by a database with another application id',
      () => {
        rmSync(file);
        const other = new Database(file);
        other.pragma('application_id = 1');
        other.exec('CREATE TABLE answers (key TEXT)');
        other.close();
      },
    ],
  ];

  function overwrite(from: number, length: number): void {
    const bytes = readFileSync(file);
    bytes.fill(0xa5, from, from + length);
    writeFileSync(file, bytes);
  }

  test.each(DAMAGES)('%s', (_, damage) => {
    fill();
    damage();
    const before = readFileSync(file);
    const { cache, warnings } = open();
    expect(cache.getMany(['key 1'])).toEqual([undefined]);
    cache.set('key 1', answer());
    expect(cache.getMany(['key 1'])).toEqual([answer()]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.en).toContain(file);
    expect(warnings[0]?.en).toContain(KEPT);
    expect(readFileSync(join(folder, KEPT)).equals(before)).toBe(true);
  });

  test('an empty file is none, and simply becomes a cache', () => {
    writeFileSync(file, '');
    const { cache, warnings } = open();
    cache.set('key', answer());
    expect(warnings).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  test('also when the damage shows only while it is used', () => {
    fill();
    overwrite(8192, statSync(file).size - 8192);
    const { cache, warnings } = open();
    const answers = cache.getMany(Array.from({ length: 2000 }, (_, i) => `key ${i}`));
    expect(answers.every((stored) => stored === undefined)).toBe(true);
    cache.set('key 1', answer());
    expect(cache.getMany(['key 1'])).toEqual([answer()]);
    expect(warnings).toHaveLength(1);
    expect(existsSync(join(folder, KEPT))).toBe(true);
  });

  test('once, where several runs use it: what one has begun anew the next one goes on with', () => {
    fill();
    overwrite(8192, statSync(file).size - 8192);
    const [first, second] = [open(), open()];
    const keys = Array.from({ length: 2000 }, (_, i) => `key ${i}`);
    first.cache.getMany(keys);
    first.cache.set('key 1', answer());
    expect(second.cache.getMany(keys)[1]).toEqual(answer());
    expect(first.warnings).toHaveLength(1);
    expect(second.warnings).toEqual([]);
    for (const { cache } of [first, second]) cache.close();
    expect(existsSync(join(folder, KEPT))).toBe(true);
    expect(existsSync(join(folder, `${KEPT}-2`))).toBe(false);
  });

  test('twice in one moment keeps both', () => {
    for (let i = 0; i < 2; i++) {
      fill(3);
      truncateSync(file, 60);
      open().cache.close();
    }
    expect(existsSync(join(folder, KEPT))).toBe(true);
    expect(existsSync(join(folder, `${KEPT}-2`))).toBe(true);
  });

  test('the log of a useless file goes with it', () => {
    const { cache } = openSqliteCache(file);
    cache.set('key', answer());
    copyFileSync(`${file}-wal`, join(folder, 'wal'));
    cache.close();
    writeFileSync(file, Buffer.alloc(5000));
    copyFileSync(join(folder, 'wal'), `${file}-wal`);
    expect(open().cache.getMany(['key'])).toEqual([undefined]);
    expect(existsSync(join(folder, KEPT))).toBe(true);
  });
});

describe('a cache of a newer gorod', () => {
  test('ends the run with exit code 2 and stays as it was, byte for byte', () => {
    fill(10);
    const database = new Database(file);
    database.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    database.close();
    const before = readFileSync(file);
    const modified = statSync(file).mtimeMs;
    const error = failure(() => openSqliteCache(file));
    expect(error).toMatchObject({ code: 'CACHE_NEWER', exitCode: 2 });
    expect(error.message).toContain(file);
    expect(error.message).toContain('--cache');
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(statSync(file).mtimeMs).toBe(modified);
    expect(readdirSync(folder)).toEqual(['answers.sqlite']);
  });

  test('is told from a foreign database by its application id', () => {
    fill(1);
    const database = new Database(file);
    expect(database.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(database.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();
  });
});

describe('a file that cannot be written ends the run with exit code 1, naming --no-cache', () => {
  /** Works as someone without rights: root may write everywhere. */
  function withoutRights(work: () => void): void {
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      work();
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  }

  function expectUnusable(path: string): void {
    const error = failure(() => openSqliteCache(path));
    expect(error).toMatchObject({ code: 'CACHE_UNUSABLE', exitCode: 1 });
    expect(error.message).toContain(path);
    expect(error.message).toContain('--no-cache');
  }

  test('in a read-only folder', () => {
    const readOnly = join(folder, 'read-only');
    mkdirSync(readOnly);
    chmodSync(readOnly, 0o555);
    chmodSync(folder, 0o755);
    withoutRights(() => {
      expectUnusable(join(readOnly, 'answers.sqlite'));
      expectUnusable(join(readOnly, 'deeper', 'answers.sqlite'));
    });
  });

  test('read-only itself', () => {
    fill(3);
    const before = readFileSync(file);
    chmodSync(file, 0o444);
    chmodSync(folder, 0o777);
    withoutRights(() => expectUnusable(file));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('a folder', () => expectUnusable(folder));

  test('below a file', () => {
    writeFileSync(file, 'x');
    expectUnusable(join(file, 'answers.sqlite'));
  });

  test.skipIf(!existsSync('/dev/full'))('a device', () => {
    symlinkSync('/dev/full', join(folder, 'device'));
    expectUnusable(join(folder, 'device'));
  });

  test('that is locked by another process is waited for and then given up', () => {
    fill(1);
    const other = new Database(file);
    other.exec('BEGIN EXCLUSIVE');
    const error = failure(() => openSqliteCache(file, { busyTimeoutMs: 50 }));
    expect(error.code).toBe('CACHE_UNUSABLE');
    expect(error.message).toContain('locked');
    other.close();
  });
});

test('several processes may open and fill one new cache at the same time', async () => {
  const script = `
    import { openSqliteCache } from ${JSON.stringify(new URL('../../src/cache/sqlite-cache.ts', import.meta.url).href)};
    const { cache, warnings } = openSqliteCache(${JSON.stringify(file)});
    for (let i = 0; i < 100; i++) cache.set(process.pid + ' ' + i, ${JSON.stringify(answer())});
    cache.close();
    process.stdout.write(process.pid + ' ' + warnings.length);
  `;
  const run = () =>
    new Promise<string>((resolve, reject) => {
      execFile(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], (error, stdout) =>
        error ? reject(error) : resolve(stdout),
      );
    });
  const outputs = await Promise.all([run(), run(), run()]);
  const { cache } = open();
  for (const output of outputs) {
    const [pid, warnings] = output.split(' ');
    expect(warnings).toBe('0');
    const keys = Array.from({ length: 100 }, (_, i) => `${pid} ${i}`);
    expect(cache.getMany(keys).every((stored) => stored !== undefined)).toBe(true);
  }
});
