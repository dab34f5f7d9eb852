import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isNoInput, isTable } from '../../src/inputs/file-names.ts';
import { findInputs } from '../../src/inputs/find-inputs.ts';
import { planOutputs } from '../../src/inputs/output-paths.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

function make(...names: readonly string[]): void {
  for (const name of names) {
    const path = folder.file(name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, '');
  }
}

/** What arguments mean, as paths from the test's folder. */
async function paths(...args: readonly string[]): Promise<readonly string[]> {
  const found = await findInputs(args.map((arg) => (arg === '-' ? arg : folder.file(arg))));
  return found.map(({ path }) => path.replace(`${folder.path}/`, ''));
}

describe('a file name', () => {
  test.each(['a.csv', 'A.CSV', 'a.tsv', 'a.csv.gz', 'a.zip', 'a.xlsx', 'a.gorod', 'gorod.csv', 'a.b.csv'])(
    '%s may be an input',
    (name) => {
      expect(isNoInput(name)).toBe(false);
    },
  );

  test.each([
    'a.gorod.csv',
    'a.gorod.csv.gz',
    'a.gorod.xlsx',
    'a.gorod.review.csv',
    'a.gorod.accept.csv.gz',
    'a.gorod.csv.partial',
    'a.gorod.csv.partial.journal',
    'a.gorod.csv.partial.journal.holder',
    'a.gorod.csv.partial.journal.lock',
    'a.gorod.csv.partial.answers',
    'a.gorod.csv.partial.answers-wal',
    '~$orders.xlsx',
  ])('%s is none', (name) => {
    expect(isNoInput(name)).toBe(true);
  });

  test.each(['.a.csv', 'a.txt', 'a.gz', 'a.csv.tmp', 'a.csv.part', 'a.xls', 'csv', 'a.gorod.csv'])(
    '%s is no table of a folder',
    (name) => {
      expect(isTable(name)).toBe(false);
    },
  );
});

describe('an argument', () => {
  test('means the file it names, whether or not it is there', async () => {
    make('orders[1].csv', 'orders1.csv');
    expect(await paths('nope.csv', 'orders[1].csv', '-')).toEqual(['nope.csv', 'orders[1].csv', '-']);
  });

  test('means the tables of the folder it names', async () => {
    make('in/b.csv', 'in/a.xlsx', 'in/a.gorod.xlsx', 'in/.c.csv', 'in/notes.txt', 'in/deep/d.csv');
    mkdirSync(folder.file('in/e.csv'));
    symlinkSync(folder.file('nowhere'), folder.file('in/f.csv'));
    expect(await paths('in')).toEqual(['in/a.xlsx', 'in/b.csv']);
    expect(await findInputs([folder.file('in')])).toMatchObject([{ folder: folder.file('in') }, {}]);
  });

  test('means the files that a pattern matches', async () => {
    make('in/b.csv', 'in/a.csv', 'in/a.gorod.csv', 'in/.c.csv', 'in/x.txt', 'in/deep/d.csv');
    expect(await paths('in/*.csv')).toEqual(['in/a.csv', 'in/b.csv']);
    expect(await paths('in/**/*.csv')).toEqual(['in/a.csv', 'in/b.csv', 'in/deep/d.csv']);
    expect(await paths('in/{a,x}.{csv,txt}')).toEqual(['in/a.csv', 'in/x.txt']);
    expect(await findInputs([folder.file('in/*.csv')])).toMatchObject([{ folder: undefined }, {}]);
  });

  test('that matches nothing is refused', async () => {
    make('in/a.gorod.csv');
    await expect(paths('in/*.csv')).rejects.toMatchObject({ code: 'BAD_OPTION', message: /no file matches/ });
  });
});

describe('the results', () => {
  const plan = (inputs: readonly string[], choice: { output?: string; outputDir?: string } = {}) =>
    planOutputs(
      inputs.map((path) => ({ path, folder: undefined })),
      { output: undefined, outputDir: undefined, ...choice },
    ).map(({ output }) => output);

  test('go beside their inputs, or into one folder', () => {
    expect(plan(['in/a.csv', 'in/a.xlsx'])).toEqual(['in/a.gorod.csv', 'in/a.gorod.xlsx']);
    expect(plan(['in/a.csv', 'b.zip'], { outputDir: 'out' })).toEqual(['out/a.gorod.csv', 'out/b.gorod.csv']);
    expect(plan(['-'])).toEqual(['-']);
    expect(plan(['-'], { outputDir: 'out' })).toEqual(['out/stdin.gorod.csv']);
    expect(plan(['a.csv'], { output: 'b.csv' })).toEqual(['b.csv']);
  });

  test.each([
    ['two of one name', ['a.csv', 'a.zip'], {}, 'a.csv and a.zip would both be written to a.gorod.csv'],
    ['two folders’ files of one name', ['x/a.csv', 'y/a.csv'], { outputDir: 'out' }, 'x/a.csv and y/a.csv'],
    ['one file twice', ['a.csv', './a.csv'], {}, 'both be written'],
    ['a result that is an input', ['a.csv', 'a.gorod.csv'], {}, 'a.gorod.csv, which is an input itself'],
    ['one name for several', ['a.csv', 'b.csv'], { output: 'c.csv' }, '--output names one file'],
    ['two places', ['a.csv'], { output: 'c.csv', outputDir: 'out' }, '--output and --output-dir'],
  ])('are refused before anything is read: %s', (_, inputs, choice, message) => {
    expect(() => plan(inputs, choice)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(() => plan(inputs, choice)).toThrow(message);
  });

  test('of a folder have no one name, even where it holds one file', () => {
    const inputs = [{ path: 'in/a.csv', folder: 'in' }];
    expect(() => planOutputs(inputs, { output: 'b.csv', outputDir: undefined })).toThrow('--output names one file');
  });
});
