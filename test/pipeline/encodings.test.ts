import { readFileSync, writeFileSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENCODINGS, type Encoding } from '../../src/encoding/encodings.ts';
import { type Job, runJob } from '../../src/pipeline/job.ts';
import { emptyTally } from '../../src/pipeline/tally.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { echoing } from '../support/scripted-detector.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

async function enrich(input: string, output: string, job: Partial<Job> = {}): Promise<readonly string[]> {
  const remarks: string[] = [];
  const settings: Job = {
    input: folder.file(input),
    output: folder.file(output),
    columns: {},
    preset: undefined,
    delimiter: undefined,
    sheet: undefined,
    encoding: undefined,
    outputEncoding: 'utf-8',
    bom: undefined,
    badRows: 'stop',
    maxRowBytes: 1 << 20,
    limit: undefined,
    prefix: 'cdek_',
    fields: ['status'],
    overwriteColumns: false,
    language: 'en',
    defaults: { country: 'ru', fiasOnly: false },
    rules: { limitOf: () => undefined, acceptConfidence: 0.86 },
    maxOpenQuestions: 4,
    ...job,
  };
  await runJob(settings, {
    detector: echoing,
    stdin: Readable.from([]),
    stdout: new PassThrough(),
    signal: new AbortController().signal,
    tally: emptyTally(),
    journal: undefined,
    onRemark: (remark) => remarks.push(remark.en),
    onColumns: () => {},
    onWritten: () => {},
  });
  return remarks;
}

const LETTERS: Readonly<Record<Encoding, string>> = {
  'utf-8': 'aя,;|\t"\n\r Ё北堃é№👍=+-@0',
  'utf-16le': 'aя,;|\t"\n\r Ё北堃é№👍=+-@0',
  'utf-16be': 'aя,;|\t"\n\r Ё北堃é№👍=+-@0',
  gb18030: 'aя,;|\t"\n\r Ё北堃é№👍=+-@0',
  'windows-1251': 'aя,;|\t"\n\r Ёў№—«=+-@0',
  'koi8-r': 'aя,;|\t"\n\r Ё°═=+-@0',
};

describe.each(ENCODINGS)('%s', (encoding) => {
  test('there and back keeps every cell of any table, with every delimiter, packed or not', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...LETTERS[encoding]), maxLength: 12 });
    const table = fc.array(fc.tuple(cell, cell), { maxLength: 8 });
    const delimiters = fc.constantFrom(',', ';', '\t', '|');
    const given = { rows: table, delimiter: delimiters, isPacked: fc.boolean(), bom: fc.boolean(), same: fc.boolean() };
    await fc.assert(
      fc.asyncProperty(fc.record(given), async ({ rows, delimiter, isPacked, bom, same }) => {
        const records = [['индекс', 'адрес', 'x'], ...rows.map(([address, x]) => ['675000', address, x])];
        const text = stringify(records, { delimiter, quoted_match: /[\r\n]/ });
        const isMarked = bom && encoding !== 'windows-1251' && encoding !== 'koi8-r';
        const bytes = iconv.encode((isMarked ? '\ufeff' : '') + text, encoding, { addBOM: false });
        const extension = isPacked ? '.csv.gz' : '.csv';
        writeFileSync(folder.file(`in${extension}`), isPacked ? gzipSync(bytes) : bytes);
        await enrich(`in${extension}`, `out${extension}`, {
          encoding,
          delimiter,
          outputEncoding: same ? 'same' : 'utf-8',
        });
        const written = readFileSync(folder.file(`out${extension}`));
        const output = iconv.decode(isPacked ? gunzipSync(written) : written, same ? encoding : 'utf-8');
        const found: string[][] = parse(output, { delimiter, bom: true, record_delimiter: '\n' });
        expect(found.map((cells) => cells.slice(0, -1))).toEqual(records);
      }),
      { numRuns: 60 },
    );
  });

  test('is written with a byte-order mark where the contract wants one', async () => {
    const text = 'индекс,адрес\n675000,Ленина\n';
    writeFileSync(folder.file('in.csv'), iconv.encode(text, encoding, { addBOM: false }));
    await enrich('in.csv', 'out.csv');
    expect(readFileSync(folder.file('out.csv'), 'utf8').startsWith('\ufeff')).toBe(encoding !== 'utf-8');
    await enrich('in.csv', 'bare.csv', { bom: false });
    expect(readFileSync(folder.file('bare.csv'), 'utf8').startsWith('индекс')).toBe(true);
    await enrich('in.csv', 'same.csv', { outputEncoding: 'same' });
    const same = iconv.decode(readFileSync(folder.file('same.csv')), encoding, { stripBOM: false });
    expect(same.startsWith('\ufeff')).toBe(encoding.startsWith('utf-16'));
    expect(same.replace('\ufeff', '')).toBe('индекс,адрес,cdek_status\n675000,Ленина,ERR_MANY_CITIES_IN_ADDRESS\n');
  });
});

describe('a character that the output encoding does not have', () => {
  test.each([
    ['zip,address\n675000,Ленина\n675000,"Łódź, 北"\n', 'line 3, column "address": "Ł" does not exist in windows-1251'],
    ['zip,address,邮\n675000,Ленина,\n', 'line 1, column "邮": "邮" does not exist in windows-1251'],
  ])('%j ends the run before anything is written', async (text, message) => {
    writeFileSync(folder.file('in.csv'), text);
    const refusal = enrich('in.csv', 'out.csv', { outputEncoding: 'windows-1251' });
    await expect(refusal).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: `${folder.file('in.csv')}, ${message}; nothing was written. Choose another --output-encoding.`,
    });
    expect(() => readFileSync(folder.file('out.csv'))).toThrow();
    expect(() => readFileSync(folder.file('out.csv.partial'))).toThrow();
  });
});

describe('a byte-order mark that there cannot be is refused', () => {
  test.each([
    ['out.csv', 'koi8-r', '--bom: there is no byte-order mark in koi8-r.'],
    ['-', 'utf-8', '--bom: stdout never gets a byte-order mark; see --output.'],
  ] as const)('%s in %s', async (output, outputEncoding, message) => {
    writeFileSync(folder.file('in.csv'), 'zip,address\n675000,x\n');
    const job = { outputEncoding, bom: true, ...(output === '-' ? { output } : {}) };
    await expect(enrich('in.csv', 'out.csv', job)).rejects.toMatchObject({ code: 'BAD_OPTION', message });
  });
});

test('a CSV becomes a TSV by the name of the output, its values kept', async () => {
  writeFileSync(folder.file('in.csv'), 'zip,address\n675000,"Ленина 1, \t2"\n');
  await enrich('in.csv', 'out.tsv');
  expect(readFileSync(folder.file('out.tsv'), 'utf8')).toBe(
    'zip\taddress\tcdek_status\n675000\t"Ленина 1, \t2"\tERR_MANY_CITIES_IN_ADDRESS\n',
  );
});

test('a gzip output is the same at any time', async () => {
  writeFileSync(folder.file('in.csv'), 'zip,address\n675000,x\n');
  await enrich('in.csv', 'a.csv.gz');
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await enrich('in.csv', 'b.csv.gz');
  expect(readFileSync(folder.file('b.csv.gz'))).toEqual(readFileSync(folder.file('a.csv.gz')));
});
