import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OUTPUT_COLUMNS } from '../src/pipeline/output-columns.ts';
import { type CliResult, gorod, type TemporaryFolder, temporaryFolder } from './support/cli.ts';

type Line = Readonly<Record<string, string>>;

/** What each row must come to, stated by hand: several allowed words are joined by `|`, `place` holds where one is named. */
const STATED = lines(readFileSync('fixtures/orders.expected-status.csv', 'utf8'));
const ARGUMENTS = ['--detector', 'local', '--cod-limits', 'fixtures/cod-limits.csv'];

let folder: TemporaryFolder;
let result: CliResult;
let written: string;
let rows: ReadonlyMap<string, Line>;

beforeAll(async () => {
  folder = temporaryFolder();
  const output = folder.file('orders.csv');
  result = await gorod(['run', 'fixtures/orders.csv', ...ARGUMENTS, '-o', output, '--summary', folder.file('summary')]);
  written = readFileSync(output, 'utf8');
  rows = new Map(lines(written).map((row) => [row['Order No'] ?? '', row]));
});
afterAll(() => folder[Symbol.dispose]());

function lines(csv: string): readonly Line[] {
  return parse(csv, { columns: true });
}

describe('a run over the example orders', () => {
  test('ends well, with a file of the same rows in the same order', () => {
    expect(result).toMatchObject({ code: 0, stdout: '' });
    const input: string[][] = parse(readFileSync('fixtures/orders.csv', 'utf8'));
    const output: string[][] = parse(written);
    expect(output.map((cells) => cells.slice(0, -OUTPUT_COLUMNS.length))).toEqual(input);
    expect(STATED.map((row) => row.order)).toEqual(input.slice(1).map(([order]) => order));
  });

  test('tells how it went', () => {
    const summary = JSON.parse(readFileSync(folder.file('summary'), 'utf8'));
    expect(summary).toMatchObject({ rowsIn: STATED.length, rowsOut: STATED.length, requests: 0, detector: 'local' });
    expect(result.stderr).toContain(`${STATED.length} rows in, ${STATED.length} out`);
  });

  /* Renewed with `npx vitest run test/orders.test.ts -u` after a build; every changed line wants to be read. */
  test('writes the expected file to the letter', async () => {
    await expect(written).toMatchFileSnapshot('../fixtures/orders.expected.csv');
  });
});

describe('what is known of each order without asking gorod', () => {
  test.each(STATED)('$order: $why', ({ order = '', statuses = '', verdicts = '', cod_flag, place, city_code }) => {
    const row = rows.get(order);
    expect(statuses.split('|')).toContain(row?.cdek_status);
    expect(verdicts.split('|')).toContain(row?.cdek_verdict);
    expect(row?.cdek_cod_flag).toBe(cod_flag);
    if (city_code !== '') expect(row?.cdek_city_code).toBe(city_code);
    if (place === '') return;
    expect(['', place]).toContain(row?.cdek_fias_name);
    expect(['', place]).toContain(row?.cdek_city_name);
    expect(row?.cdek_city_code).toBe(city_code);
  });

  test.each(STATED.filter((row) => row.place === '' && !row.statuses?.includes('OK')))(
    '$order names no place: $why',
    ({ order = '' }) => {
      expect(rows.get(order)).toMatchObject({ cdek_city_code: '', cdek_fias_name: '', cdek_fias_guid: '' });
    },
  );
});
