import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importFiles } from '../../../src/gazetteer/import-files.ts';
import { openGazetteer } from '../../../src/gazetteer/sqlite-gazetteer.ts';
import type { Directory } from '../../../src/gazetteer/sync/directory.ts';
import { renderSyncReport } from '../../../src/gazetteer/sync/render-report.ts';
import { openSyncState } from '../../../src/gazetteer/sync/state.ts';
import { type SyncOrder, type SyncReport, syncGazetteer } from '../../../src/gazetteer/sync/sync.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/cli.ts';

const BASE = 'https://api.example.test';
const DAY = 86_400_000;
const NOW = 20_000 * DAY;
const UUIDS = ['318ce2b1-d866-465d-90ec-e70000dcec45', 'cbd3eca7-0541-4497-b115-1e9513f6d516'];

type City = Readonly<Record<string, unknown>> & { readonly code?: number | string };

/** A city of the Amur region with the postcode 675000 + its code. */
function city(code: number, more: Readonly<Record<string, unknown>> = {}): City {
  return { code, city: `Село ${code}`, country_code: 'RU', region: 'Амурская область', region_code: 56, ...more };
}

function cities(count: number): City[] {
  return Array.from({ length: count }, (_, index) => city(index + 1));
}

/** A list of cities that a test may change while it is read; what was asked is noted. */
function listing(list: readonly unknown[], pages?: (page: number, size: number) => readonly unknown[] | undefined) {
  const state = { list, asked: [] as string[], failAt: Number.POSITIVE_INFINITY, pages };
  const ask = (what: string) => {
    if (state.asked.length >= state.failAt) throw new Error(`ended at ${what}`);
    state.asked.push(what);
  };
  const known = (code: string) => state.list.find((one) => String((one as City)?.code) === code);
  const directory: Directory = {
    async cities(page, size) {
      ask(`page ${page}`);
      return state.pages === undefined ? state.list.slice(page * size, (page + 1) * size) : state.pages(page, size);
    },
    async city(code) {
      ask(`city ${code}`);
      const found = known(code);
      return found === undefined ? [] : [found];
    },
    async postcodes(code) {
      ask(`postcodes ${code}`);
      return known(code) === undefined ? undefined : [String(675000 + Number(code))];
    },
  };
  return { state, directory, count: (what: string) => state.asked.filter((one) => one.startsWith(what)).length };
}

let folder: TemporaryFolder;
let output: string;
let said: string[];

beforeEach(() => {
  folder = temporaryFolder();
  output = folder.file('cdek.sqlite');
  said = [];
});
afterEach(() => folder[Symbol.dispose]());

function sync(directory: Directory, more: Partial<SyncOrder> = {}): Promise<SyncReport> {
  const progress = { say: (text: string) => said.push(text), cities: () => {}, postcodes: () => {} };
  return syncGazetteer({
    output,
    base: BASE,
    directory,
    concurrency: 3,
    progress,
    pageSize: 4,
    now: () => NOW,
    ...more,
  });
}

/** Postcode → names of its places in the written gazetteer. */
function written(...postcodes: string[]): Record<string, string[]> {
  const gazetteer = openGazetteer(output);
  const found = postcodes.map((postcode) => {
    const { basis, owners } = gazetteer.candidates(postcode);
    return [postcode, basis === 'postcode' ? owners.map(({ name }) => name) : []] as const;
  });
  gazetteer.close();
  return Object.fromEntries(found);
}

describe('a first sync', () => {
  test('writes every city with its facts and postcodes', async () => {
    const guid = '11111111-2222-4333-8444-555555555555';
    const list = listing([
      ...cities(9),
      city(10, {
        city: 'Тында',
        fias_guid: guid,
        kladr_code: '2800000700000',
        payment_limit: 3000,
        sub_region: 'Тында',
      }),
    ]);
    expect(await sync(list.directory)).toMatchObject({ cities: 10, postcodes: 10, changes: undefined, refused: [] });
    expect(written('675001', '675009')).toEqual({ 675001: ['Село 1'], 675009: ['Село 9'] });
    const gazetteer = openGazetteer(output);
    expect(gazetteer.candidates('675010').owners[0]).toMatchObject({
      name: 'Тында',
      cityCode: '10',
      fiasGuid: guid,
      kladr: '2800000700000',
      paymentLimit: 3000,
      regionCode: '56',
      subject: { code: '28' },
    });
    gazetteer.close();
    expect([list.count('page'), list.count('postcodes'), list.count('city')]).toEqual([3 + 3 * 2, 10, 0]);
  });

  test('asks for no postcodes that came with the city', async () => {
    const list = listing([city(1, { postal_codes: ['676850', 676851] }), city(2, { postal_codes: [] })]);
    await sync(list.directory);
    expect(list.state.asked.filter((what) => what.startsWith('postcodes'))).toEqual(['postcodes 2']);
    expect(written('676850', '676851', '675002')).toEqual({
      676850: ['Село 1'],
      676851: ['Село 1'],
      675002: ['Село 2'],
    });
  });

  test('keeps cities with fields missing, and says which it cannot use', async () => {
    const list = listing([
      { city: 'Безкодово', region: 'Амурская область', postal_codes: ['676000'] },
      { code: 5, region_code: 56 },
      { code: 6, city: 'Нигдеево' },
      null,
      'Москва',
      [],
      city(7, { kladr_code: 'x' }),
      city(8),
      city(9, { country_code: 'BY' }),
    ]);
    const report = await sync(list.directory);
    expect(report.refused.map(({ code }) => code)).toEqual(['5', '6', '7']);
    expect(report.oddities.unreadable).toBe(3);
    expect(written('676000', '675008', '675009')).toEqual({ 676000: ['Безкодово'], 675008: ['Село 8'], 675009: [] });
    expect(renderSyncReport(report)).toMatch(
      /odd: 3 entries of pages are no cities\n {2}not written: 5: the place has/,
    );
  });

  test.each([
    ['nothing', []],
    ['nothing of use', [{ code: 1 }, { code: 2, city: 'Нигдеево' }]],
  ])('of %s writes nothing', async (_, list) => {
    await expect(sync(listing(list).directory)).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
    expect(existsSync(output)).toBe(false);
  });

  test('of nothing of use says what is wrong with the first city', async () => {
    const attempt = sync(listing([{ code: 2, city: 'Нигдеево', region: 'Нигде' }]).directory);
    await expect(attempt).rejects.toThrow('(the first: "Нигде" names no federal subject that gorod knows)');
    const abroad = sync(listing([city(1, { country_code: 'BY' })]).directory, { output: folder.file('by.sqlite') });
    await expect(abroad).rejects.toThrow('(the first: a place of another country)');
  });

  test('keeps a city whose UUID is malformed, without it', async () => {
    const report = await sync(listing([city(1, { city_uuid: 'x' }), city(2, { city_uuid: UUIDS[0] })]).directory);
    expect(report.refused).toEqual([]);
    const gazetteer = openGazetteer(output);
    const uuids = ['675001', '675002'].map((postcode) => gazetteer.candidates(postcode).owners[0]?.cityUuid);
    expect(uuids).toEqual([undefined, UUIDS[0]]);
    gazetteer.close();
  });
});

describe('pages', () => {
  const ALL = cities(10);
  const page = (from: number, to: number) => ALL.slice(from, to);

  test.each<[string, (page: number) => readonly unknown[] | undefined]>([
    ['one is shorter', (at) => [page(0, 4), page(4, 6), page(6, 10)][at] ?? []],
    ['one is longer', (at) => [page(0, 4), page(4, 9), page(9, 10)][at] ?? []],
    ['two in the middle are empty', (at) => [page(0, 4), [], [], page(4, 8), page(8, 10)][at] ?? []],
    ['all are shorter than asked', (at) => page(2 * at, 2 * at + 2)],
    ['behind a full one there is an error', (at) => [page(0, 4), page(4, 8), page(6, 10)][at]],
    ['one is empty', (at) => [page(0, 4), [], page(4, 8), page(8, 10)][at] ?? []],
    ['the list moves down while it is read', (at) => [page(0, 4), page(3, 7), page(6, 10), page(9, 10)][at] ?? []],
    ['a server knows no pages', () => ALL],
    ['behind the last one there is an error', (at) => [page(0, 4), page(4, 8), page(8, 10)][at]],
    ['behind an empty one there is an error', (at) => [page(0, 4), page(4, 8), page(8, 10), []][at]],
    ['the last one is repeated', (at) => [page(0, 4), page(4, 8)][at] ?? page(8, 10)],
  ])('lose nothing where %s', async (_, pages) => {
    const list = listing(ALL, pages);
    expect(await sync(list.directory)).toMatchObject({ cities: 10, postcodes: 10 });
    expect(list.count('page')).toBeLessThan(14);
  });

  test('that are the same again and again end the sync', async () => {
    const list = listing(ALL, () => page(0, 4));
    await expect(sync(list.directory)).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
    expect(list.count('page')).toBe(2);
  });

  test.each([
    ['missing', undefined],
    ['empty', []],
  ])('that are %s once are asked for again, and are not the end', async (_, slip) => {
    const asked = new Set<number>();
    const list = listing(ALL, (at) => {
      if (at === 0 || at > 2 || asked.has(at)) return page(4 * at, 4 * at + 4);
      asked.add(at);
      return slip;
    });
    expect(await sync(list.directory)).toMatchObject({ cities: 10 });
  });

  test('may be of any lengths and repeat what they like: nothing is lost, and there is an end', async () => {
    const cuts = fc.array(fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 3 })), { maxLength: 8 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(cuts, async (lengths) => {
        const plan: City[][] = [];
        let from = 0;
        for (const [length, back] of lengths) {
          plan.push(page(Math.max(0, from - back), from + length));
          from += length;
        }
        plan.push(page(from, 10));
        const list = listing(ALL, (at) => plan[at] ?? []);
        output = folder.file(`${run++}.sqlite`);
        expect(await sync(list.directory, { pageSize: 100 })).toMatchObject({ cities: 10 });
      }),
      { numRuns: 15 },
    );
  });
});

describe('a sync that was ended', () => {
  test('is gone on with, at whatever request it ended, and writes the same', async () => {
    await sync(listing(cities(9)).directory);
    const whole = readFileSync(output);
    for (let failAt = 0; failAt < 14; failAt += 3) {
      output = folder.file(`ended-${failAt}.sqlite`);
      const list = listing(cities(9));
      list.state.failAt = failAt;
      await expect(sync(list.directory)).rejects.toThrow('ended at');
      expect(existsSync(output)).toBe(false);
      list.state.failAt = Number.POSITIVE_INFINITY;
      await sync(list.directory);
      expect(readFileSync(output).equals(whole)).toBe(true);
      // Three were under way.
      expect(list.state.asked.length).toBeLessThanOrEqual(9 + 9 + 3);
      expect(said.at(-1)).toMatch(/^going on with the sync of 2024-10-04, \d cities read$/);
    }
  });

  test.each([
    ['another host', { base: 'https://other.example.test' }],
    ['a week ago', { now: () => NOW + 7 * DAY }],
  ])('with %s is begun anew', async (_, more) => {
    const list = listing(cities(9));
    list.state.failAt = 2;
    await expect(sync(list.directory)).rejects.toThrow('ended at');
    list.state.failAt = Number.POSITIVE_INFINITY;
    list.state.asked = [];
    await sync(list.directory, more);
    expect(list.state.asked[0]).toBe('page 0');
    expect(said.at(-1)).toContain('beginning anew');
  });

  test('keeps others off until it is over', async () => {
    const state = openSyncState(`${output}.sync`);
    const attempt = sync(listing(cities(1)).directory);
    await expect(attempt).rejects.toMatchObject({ code: 'OUTPUT_FAILED', message: expect.stringContaining('in use') });
    state.close();
    expect(await sync(listing(cities(1)).directory)).toMatchObject({ cities: 1 });
    expect(readdirSync(folder.path).toSorted()).toEqual(['cdek.sqlite', 'cdek.sqlite.sync']);
  });

  // Two that began at one time would both give up for that.
  test('is not kept off by what another process reads in its state', async () => {
    await sync(listing(cities(1)).directory);
    const read = `const state = new (require('better-sqlite3'))(process.argv[1]);
      state.exec('BEGIN; SELECT * FROM syncs');
      console.log('reading');
      process.stdin.on('end', () => state.close()).resume();`;
    const reader = spawn(process.execPath, ['-e', read, `${output}.sync`], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(reader.stdout, 'data');
    try {
      expect(await sync(listing(cities(2)).directory)).toMatchObject({ cities: 2 });
    } finally {
      reader.stdin.end();
      await once(reader, 'close');
    }
  });

  test('leaves no lock behind where its state cannot be used', async () => {
    writeFileSync(`${output}.sync`, 'no state of a sync');
    await expect(sync(listing(cities(1)).directory)).rejects.toMatchObject({ code: 'OUTPUT_FAILED' });
    expect(readdirSync(folder.path)).toEqual(['cdek.sqlite.sync']);
  });
});

describe('a second sync', () => {
  test('writes what is so now and says what is not as it was', async () => {
    await sync(listing([...cities(4), city(5, { payment_limit: -1, city_uuid: UUIDS[0] })]).directory);
    const later = listing([
      city(1),
      city(3, { payment_limit: 0, sub_region: 'Тамбовский р-н' }),
      city(4, { postal_codes: ['676850'] }),
      city(5, { payment_limit: -1, city_uuid: UUIDS[1] }),
      city(6),
    ]);
    const report = await sync(later.directory, { now: () => NOW + 10 * DAY });
    expect(renderSyncReport(report)).toBe(
      [
        `${output}: 5 cities, 5 postcodes`,
        '  since 2024-10-04: cities 1 added, 1 gone, 1 changed; postcodes 1 added, 1 gone',
        '  + 6 Село 6 (Амурская область)',
        '  - 2 Село 2 (Амурская область)',
        '  ~ 3 Село 3 (Амурская область): payment_limit – → 0, sub_region – → Тамбовский р-н',
        '  + 676850 4 Село 4 (Амурская область)',
        '  - 675004 4 Село 4 (Амурская область)',
        '',
      ].join('\n'),
    );
    expect(written('675002', '675004', '676850', '675006')).toEqual({
      675002: [],
      675004: [],
      676850: ['Село 4'],
      675006: ['Село 6'],
    });
  });

  test('asks for a city that no page had before it counts as gone', async () => {
    await sync(listing(cities(6)).directory);
    const all = cities(6);
    const list = listing(all, (page) => (page === 0 ? all.slice(0, 4) : page === 1 ? all.slice(5) : []));
    const report = await sync(list.directory);
    expect(report.changes).toMatchObject({ added: [], gone: [], changed: [] });
    expect(report.oddities.recovered).toBe(1);
    expect(list.state.asked).toContain('city 5');
  });

  test('that finds nothing new says so', async () => {
    await sync(listing(cities(2)).directory);
    const report = await sync(listing(cities(2)).directory);
    expect(renderSyncReport(report)).toContain('cities 0 added, 0 gone, 0 changed; postcodes 0 added, 0 gone');
  });

  test('with another host has nothing to compare with', async () => {
    await sync(listing(cities(2)).directory);
    const report = await sync(listing(cities(1)).directory, { base: 'https://other.example.test' });
    expect(report.changes).toBeUndefined();
    expect(report.cities).toBe(1);
  });

  test('that fails leaves the gazetteer and what is known of the first as they were', async () => {
    await sync(listing(cities(2)).directory);
    const before = readFileSync(output);
    const list = listing(cities(3));
    list.state.failAt = 4;
    await expect(sync(list.directory)).rejects.toThrow('ended at');
    expect(readFileSync(output).equals(before)).toBe(true);
    list.state.failAt = Number.POSITIVE_INFINITY;
    expect((await sync(list.directory)).changes).toMatchObject({ added: [{ code: '3' }], gone: [] });
  });

  test('lists a hundred changes of a kind and counts the others', async () => {
    await sync(listing(cities(1)).directory, { pageSize: 1000 });
    const report = await sync(listing(cities(203)).directory, { pageSize: 1000 });
    const lines = renderSyncReport(report).split('\n');
    expect(lines.filter((line) => line.startsWith('  + '))).toHaveLength(100);
    expect(lines).toContain('  … and 102 more');
  });
});

describe('a city', () => {
  test('that is gone when its postcodes are asked is left out', async () => {
    const list = listing(cities(3));
    const { directory } = list;
    const vanishing: Directory = {
      ...directory,
      postcodes: async (code) => {
        if (code === '2') list.state.list = list.state.list.filter((one) => (one as City).code !== 2);
        return directory.postcodes(code);
      },
    };
    const report = await sync(vanishing);
    expect(report).toMatchObject({ cities: 2, oddities: { vanished: 1 } });
  });

  test('whose postcodes are not told stays', async () => {
    const { directory } = listing(cities(3));
    const silent: Directory = {
      ...directory,
      postcodes: async (code) => (code === '2' ? undefined : directory.postcodes(code)),
    };
    expect(await sync(silent)).toMatchObject({ cities: 3, postcodes: 2, oddities: { unlisted: 1, vanished: 0 } });
  });
});

describe('a file that a sync would write to', () => {
  const OWN = 'city_code,city_name,region,region_code_ext,postcodes\n150,Тула,Тульская,71,300000\n';

  test('is refused before anything is asked when it holds places from elsewhere', async () => {
    writeFileSync(folder.file('own.csv'), OWN);
    importFiles({ files: [folder.file('own.csv')], output }, () => {});
    const before = readFileSync(output);
    const list = listing(cities(1));
    await expect(sync(list.directory)).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringContaining('own CSV: own.csv'),
    });
    expect(list.state.asked).toEqual([]);
    expect(readFileSync(output).equals(before)).toBe(true);
  });

  test('is refused too when a sync wrote it and an import added to it', async () => {
    await sync(listing(cities(1)).directory);
    writeFileSync(folder.file('own.csv'), OWN);
    importFiles({ files: [folder.file('own.csv')], output }, () => {});
    await expect(sync(listing(cities(1)).directory)).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  test('is refused when it is no gazetteer, and so is a state that is none', async () => {
    writeFileSync(output, 'hello');
    await expect(sync(listing(cities(1)).directory)).rejects.toMatchObject({ code: 'GAZETTEER_UNUSABLE' });
    output = folder.file('other.sqlite');
    const database = new Database(`${output}.sync`);
    database.exec('CREATE TABLE mine (x)');
    database.close();
    await expect(sync(listing(cities(1)).directory)).rejects.toMatchObject({ code: 'OUTPUT_FAILED' });
    writeFileSync(`${output}.sync`, 'x'.repeat(5000));
    await expect(sync(listing(cities(1)).directory)).rejects.toMatchObject({ code: 'OUTPUT_FAILED' });
    expect(readFileSync(`${output}.sync`, 'utf8')).toBe('x'.repeat(5000));
  });
});
