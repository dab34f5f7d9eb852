import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeGazetteer } from '../../src/gazetteer/describe-gazetteer.ts';
import { type FileReport, type ImportOrder, importFiles } from '../../src/gazetteer/import-files.ts';
import { renderFileReport } from '../../src/gazetteer/import-report.ts';
import { openGazetteer } from '../../src/gazetteer/sqlite-gazetteer.ts';
import { fold } from '../../src/toponym/fold.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const fixture = (name: string) => `fixtures/gazetteer/${name}`;

let folder: TemporaryFolder;
let output: string;

beforeEach(() => {
  folder = temporaryFolder();
  output = folder.file('made.sqlite');
});

afterEach(() => {
  folder[Symbol.dispose]();
});

function imported(order: Partial<ImportOrder> & Pick<ImportOrder, 'files'>): readonly FileReport[] {
  const reports: FileReport[] = [];
  importFiles({ output, ...order }, (report) => reports.push(report));
  return reports;
}

function withGazetteer<T>(use: (gazetteer: ReturnType<typeof openGazetteer>) => T): T {
  const gazetteer = openGazetteer(output);
  try {
    return use(gazetteer);
  } finally {
    gazetteer.close();
  }
}

const ownersOf = (postcode: string) => withGazetteer((gazetteer) => gazetteer.candidates(postcode));

function csv(name: string, ...rows: readonly string[]): string {
  writeFileSync(folder.file(name), `${['city_code,city_name,region,region_code_ext,postcodes', ...rows].join('\n')}\n`);
  return folder.file(name);
}

describe('an import', () => {
  it('makes a gazetteer that answers the file’s postcodes exactly', () => {
    imported({ files: [fixture('own.csv')] });
    const { basis, owners } = ownersOf('676901');
    expect([basis, owners.map(({ name }) => name)]).toEqual(['postcode', ['Верхний Пример', 'Нижний Пример']]);
    expect(owners[0]).toMatchObject({ cityCode: '900001', paymentLimit: 50000, settlementType: 'г', aoLevel: '4' });
  });

  it.each(['windows-1251', 'koi8-r', 'utf-16le'])('reads what Excel saved with semicolons in %s', (encoding) => {
    const semicolons = readFileSync(fixture('own.csv'), 'utf8').replace(/("[^"]*")|,/g, (_, quoted) => quoted ?? ';');
    writeFileSync(folder.file('own.csv'), iconv.encode(semicolons, encoding));
    imported({ files: [folder.file('own.csv')] });
    const { basis, owners } = ownersOf('676901');
    expect([basis, owners.map(({ name }) => name)]).toEqual(['postcode', ['Верхний Пример', 'Нижний Пример']]);
  });

  it('answers postcodes that the file lacks by their prefix', () => {
    imported({ files: [fixture('own.csv')] });
    expect(ownersOf('675123')).toMatchObject({ basis: 'prefix', owners: [], subjects: [{ code: '28' }] });
    expect(ownersOf('999999').basis).toBe('none');
  });

  it('lets a known city own its prefixes, found by code or by a unique name', () => {
    imported({ files: [csv('cities.csv', '286,Благовещенск,,28,', ',Новосибирск,,54,')] });
    expect(ownersOf('675016')).toMatchObject({ basis: 'prefix', owners: [{ cityCode: '286' }] });
    expect(ownersOf('630099').owners.map(({ name }) => name)).toEqual(['Новосибирск']);
  });

  it('lets a place own a prefix when all its listed postcodes are of that place', () => {
    imported({ files: [csv('one.csv', '1,Один,,28,676950 676951 676952', '2,Другой,,28,676960 676961')] });
    expect(ownersOf('676959').owners.map(({ name }) => name)).toEqual(['Один']);
    expect(ownersOf('676969').owners).toEqual([]);
  });

  it('knows exonyms and former names of its places', () => {
    imported({ files: [csv('cities.csv', '44,Москва,,77,101000')] });
    expect(withGazetteer((gazetteer) => gazetteer.named(fold('Moscow')).map(({ name }) => name))).toEqual(['Москва']);
  });

  it('recognises formats file by file, and several files add up', () => {
    const files = ['own.csv', 'hflabs.csv', 'geonames.txt', 'cdek-cities.json', 'cdek-postcodes.json'].map(fixture);
    const reports = imported({ files });
    expect(reports.map(({ format }) => format)).toEqual(['own', 'hflabs', 'geonames', 'cdek', 'cdek']);
    const [upper] = ownersOf('676905').owners;
    expect(upper).toMatchObject({ name: 'Верхний Пример', cityUuid: '00000000-0000-4000-8000-0000000000a1' });
    expect(ownersOf('676903').owners).toEqual([upper].map(() => expect.objectContaining({ cityCode: '900001' })));
    expect(describeGazetteer(output).sources.map(({ licence }) => licence)).toEqual([
      null,
      'CC BY-SA 4.0',
      'CC BY 4.0',
      null,
      null,
    ]);
  });

  it('adds to what is there already, and what an earlier import said stays', () => {
    imported({ files: [fixture('own.csv')] });
    const [report] = imported({ files: [fixture('cdek-cities.json')] });
    expect(report?.merged['FIAS GUID']).toBe(1);
    expect(report?.conflicts.map(({ fact, kept, offered }) => [fact, kept, offered])).toEqual([
      ['CDEK uuid', '00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-0000000000b1'],
      ['payment limit', '50000', '-1'],
    ]);
    expect(ownersOf('676902').owners[0]).toMatchObject({ paymentLimit: 50000 });
  });

  it('gives the same gazetteer in one go as one after the other', () => {
    const files = ['own.csv', 'hflabs.csv', 'cdek-cities.json'].map(fixture);
    imported({ files });
    const version = describeGazetteer(output).version;
    output = folder.file('stepwise.sqlite');
    for (const file of files) imported({ files: [file] });
    expect(describeGazetteer(output).version).toBe(version);
  });

  it('changes nothing when the same file comes again', () => {
    imported({ files: [fixture('own.csv')] });
    const version = describeGazetteer(output).version;
    const [report] = imported({ files: [fixture('own.csv')] });
    expect(report).toMatchObject({ added: 0, conflicts: [], keptApart: [] });
    expect(describeGazetteer(output).version).toBe(version);
  });

  it('renews a gazetteer whose names are folded in another way', () => {
    imported({ files: [fixture('own.csv')] });
    const version = describeGazetteer(output).version;
    const database = new Database(output);
    database.exec(`UPDATE meta SET value = '0' WHERE key = 'fold_version'; DELETE FROM place_names;
      UPDATE subject_places SET places = replace(places, '"folded":"', '"folded":"x')`);
    database.close();
    imported({ files: [fixture('own.csv')] });
    expect(describeGazetteer(output).version).toBe(version);
  });
});

describe('an import that fails', () => {
  it.each([
    ['a file of which nothing could be used', () => csv('bad.csv', 'x,Пример,,28,'), /nothing in it could be used/],
    ['an empty table', () => csv('empty.csv'), /nothing in it could be used/],
    ['a missing file', () => folder.file('missing.csv'), /cannot read .*missing\.csv/],
    ['an unknown format', () => 'package-lock.json.none', /cannot read/],
  ])('writes nothing: %s', (_, make, message) => {
    expect(() => imported({ files: [fixture('own.csv'), make()] })).toThrow(message);
    expect(existsSync(output)).toBe(false);
    expect(readdirSync(folder.path).filter((name) => name.includes('.partial'))).toEqual([]);
  });

  it('leaves the gazetteer that is there untouched', () => {
    imported({ files: [fixture('own.csv')] });
    const before = readFileSync(output);
    expect(() => imported({ files: [csv('bad.csv', 'x,Пример,,28,')] })).toThrow();
    expect(readFileSync(output).equals(before)).toBe(true);
  });

  it('does not overwrite a file that is no gazetteer', () => {
    writeFileSync(output, 'my precious notes');
    expect(() => imported({ files: [fixture('own.csv')] })).toThrow(/move it away/);
    expect(readFileSync(output, 'utf8')).toBe('my precious notes');
  });

  it('names the gazetteer that cannot be written', () => {
    output = folder.file('no/such/folder.sqlite');
    expect(() => imported({ files: [fixture('own.csv')] })).toThrow(/cannot write the gazetteer .*folder\.sqlite/);
  });
});

it('tells what was added, merged and refused, and why', () => {
  imported({ files: [fixture('own.csv')] });
  const [refused] = imported({ files: [fixture('own-refused.csv')] });
  const [merged] = imported({ files: [fixture('cdek-cities.json')] });
  const text = [refused, merged].map((report) => (report === undefined ? '' : renderFileReport(report))).join('');
  expect(text).toContain('own-refused.csv (own): 3 added, 0 merged, 6 refused');
  expect(text).toContain('  warning: 1 × postcodes: a postcode is not six digits and was left out');
  expect(text).toContain('  warning: 1 × the KLADR code begins with another subject');
  expect(text).toContain('cdek-cities.json (cdek): 1 added, 1 merged, 2 refused');
  expect(text).toContain('  merged: 1 by FIAS GUID');
  expect(text).toContain('  skipped: 1 × a place of another country');
  expect(text).toContain('  conflict line 1: Верхний Пример: payment limit stays 50000, not -1');
});
