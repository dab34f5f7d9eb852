import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findColumns } from '../../src/columns/find-columns.ts';
import { fitsPreset } from '../../src/columns/preset-columns.ts';
import { PRESET_NAMES, presetOf } from '../../src/columns/presets.ts';
import { type CliResult, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const FIELDS = 'status,verdict,cod_flag,payment_limit,city_code,city_name,source';

let folder: TemporaryFolder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder[Symbol.dispose]());

function headersOf(name: string): readonly string[] {
  const [header = []]: string[][] = parse(readFileSync(`fixtures/presets/${name}.csv`, 'utf8'), { to: 1 });
  return header;
}

async function run(name: string, ...args: readonly string[]): Promise<CliResult & { readonly output: string }> {
  const output = folder.file(`${name}.csv`);
  const given = ['run', `fixtures/presets/${name}.csv`, '--detector', 'local', '--fields', FIELDS, '-o', output];
  const result = await gorod([...given, ...args]);
  return { ...result, output: result.code === 0 ? readFileSync(output, 'utf8') : '' };
}

describe.each(PRESET_NAMES)('the preset %s', (name) => {
  test('names its sources, each with the day it was read', () => {
    const { sources } = presetOf(name);
    expect(sources.length).toBeGreaterThan(0);
    for (const { url, read, tells } of sources) {
      expect(URL.canParse(url) && url.startsWith('https://')).toBe(true);
      expect(read).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(tells).not.toBe('');
    }
  });

  test('fits the headers of its export and of no other', () => {
    for (const other of PRESET_NAMES) expect(fitsPreset(presetOf(other), headersOf(name))).toBe(other === name);
  });

  test('reads its export', async () => {
    const result = await run(name, '--preset', name);
    expect(result).toMatchObject({ code: 0, stdout: '' });
    /* Renewed with `npx vitest run test/columns/presets.test.ts -u` after a build; every changed line wants to be read. */
    await expect(result.output).toMatchFileSnapshot(`../../fixtures/presets/${name}.expected.csv`);
  });

  test('is suggested where it was not given', () => {
    const clues = { file: 'x.csv', headers: headersOf(name), sample: [], choice: {} };
    const told = (() => {
      try {
        return findColumns(clues)
          .warnings.map(({ en }) => en)
          .join();
      } catch (error) {
        return String(error);
      }
    })();
    expect(told).toContain(`--preset ${name}`);
  });

  test('refuses another file', () => {
    const clues = { file: 'x.csv', headers: ['Zip', 'Address'], sample: [], choice: {}, preset: name };
    expect(() => findColumns(clues)).toThrow(expect.objectContaining({ code: 'BAD_COLUMNS' }));
    expect(() => findColumns(clues)).toThrow(`x.csv: --preset ${name} needs`);
  });
});

test('every preset has its fixture and every fixture its preset', () => {
  const names = readdirSync('fixtures/presets').flatMap((file) => /^([^.]+)\.csv$/.exec(file)?.[1] ?? []);
  expect(names.sort()).toEqual([...PRESET_NAMES].sort());
});

describe('shopify', () => {
  test('gives every row of an order the answer of its first', async () => {
    const { output } = await run('shopify', '--preset', 'shopify');
    const rows: Record<string, string>[] = parse(output, { columns: true });
    const statuses = rows.map((row) => [row.Name, row.cdek_status, row.cdek_city_name]);
    expect(statuses.slice(0, 3)).toEqual(Array(3).fill(['#1001', 'OK', 'Благовещенск']));
    expect(statuses.slice(3)).toEqual([
      ['#1002', 'OK', 'Тула'],
      ['#1003', 'ERR_BAD_COD', ''],
      ['#1004', 'ERR_NO_POSTCODE', ''],
      ['#1005', 'OK', 'Тула'],
      ['#1006', 'OK', 'Тула'],
      ['#1007', 'OK', 'Тула'],
      ['#1008', 'ERR_BAD_COD', ''],
      ['#1009', 'ERR_BAD_COD', ''],
      ['#1010', 'OK', 'Тула'],
      ['#1011', 'OK', 'Тула'],
    ]);
  });

  test('collects what is paid on delivery in whatever language, and tells of what nobody collects', async () => {
    const limits = folder.file('limits.csv');
    writeFileSync(limits, 'city_code,payment_limit\n150,100000\n');
    const { output, stderr } = await run('shopify', '--preset', 'shopify', '--cod-limits', limits);
    const rows: Record<string, string>[] = parse(output, { columns: true });
    const over = rows.filter((row) => row.cdek_cod_flag !== '').map((row) => row.Name);
    expect(over).toEqual(['#1005', '#1006', '#1007']);
    expect(stderr).toContain('rows with an unpaid balance whose payment method says nothing of cash on delivery: 2');
  });

  test('says beside an unpaid row that no amount is asked for', async () => {
    const input = 'fixtures/presets/shopify.csv';
    const { stdout } = await gorod(['run', input, '--preset', 'shopify', '-o', '-', '--detector', 'local']);
    const rows: Record<string, string>[] = parse(stdout, { columns: true });
    const unpaid = rows.filter(({ cdek_message }) => cdek_message?.includes('no COD was counted'));
    expect(unpaid.map(({ Name }) => Name)).toEqual(['#1010', '#1011']);
  });

  test('tells of it before anything is asked', async () => {
    const { stdout, stderr } = await gorod([
      'run',
      'fixtures/presets/shopify.csv',
      '--preset',
      'shopify',
      '--detector',
      'local',
      '--dry-run',
    ]);
    expect(stdout + stderr).toContain('unpaid, and nothing said of cash on delivery: 2');
  });
});

describe('woocommerce', () => {
  test('reads no COD where the file does not tell the currency', async () => {
    const { stderr } = await run('woocommerce', '--preset', 'woocommerce');
    expect(stderr).toContain('no COD is read: that takes "order_total", "payment_method", "order_currency"');
  });

  test('reads it where it does', () => {
    const headers = [...headersOf('woocommerce'), 'order_currency'];
    const { map, warnings } = findColumns({ file: 'x', headers, sample: [], choice: {}, preset: 'woocommerce' });
    expect(map.cod).toBe(headers.indexOf('order_total'));
    expect(warnings).toEqual([]);
  });
});

test('a preset and --columns do not go together', async () => {
  const result = await run('shopify', '--preset', 'shopify', '--columns', 'postcode=Shipping Zip');
  expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining('leave out --columns') });
});

test('an unknown preset is refused with the names of the known ones', async () => {
  const result = await run('shopify', '--preset', 'magento');
  expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining('shopify, woocommerce, ebay') });
});
