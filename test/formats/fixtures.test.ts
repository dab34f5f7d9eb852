import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CliResult, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const FIXTURES = resolve('fixtures/files');
const CSV = readdirSync(`${FIXTURES}/csv`);
const GZ = readdirSync(`${FIXTURES}/gz`);
const FIELDS = ['--fields', 'status,verdict,city_code'];

let folder: TemporaryFolder;
let result: CliResult;

beforeAll(async () => {
  folder = temporaryFolder();
  for (const container of ['csv', 'gz']) cpSync(`${FIXTURES}/${container}`, folder.path, { recursive: true });
  result = await gorod(['run', ...CSV, ...GZ, '--detector', 'local', ...FIELDS], { cwd: folder.path });
});
afterAll(() => folder[Symbol.dispose]());

/** The output that the tables of fixtures/files/source foretell for a fixture. */
function expected(name: string): string {
  const [table, encoding = '', delimiter] = name.split('.');
  const mark = encoding === 'utf-8' ? '' : '\ufeff';
  return mark + readFileSync(`${FIXTURES}/expected/${table}.${delimiter}.csv`, 'utf8');
}

describe('every encoding with every delimiter', () => {
  test('is read and told, in one run over all of them', () => {
    expect(result.code).toBe(0);
    for (const name of [...CSV, ...GZ]) {
      const [, encoding = ''] = name.split('.');
      const told = encoding.startsWith('utf-8')
        ? undefined
        : `${encoding.replace('-bom', '')} (${encoding.endsWith('-bom') ? 'byte-order mark' : 'recognised'})`;
      const said = result.stderr.split('\n').find((line) => line.startsWith(`gorod: ${name}: encoding`));
      expect(said, name).toBe(told === undefined ? undefined : `gorod: ${name}: encoding ${told}`);
    }
  });

  test.each(CSV)('%s', (name) => {
    const output = folder.file(name.replace(/\.csv$/, '.gorod.csv'));
    expect(existsSync(output)).toBe(true);
    expect(readFileSync(output, 'utf8')).toBe(expected(name));
  });

  test.each(GZ)('%s', (name) => {
    const output = readFileSync(folder.file(name.replace(/\.csv\.gz$/, '.gorod.csv.gz')));
    expect(gunzipSync(output).toString()).toBe(expected(name));
  });
});
