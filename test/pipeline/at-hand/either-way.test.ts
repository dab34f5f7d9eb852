import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Answered } from '../../../src/address/outcome.ts';
import type { AddressQuery } from '../../../src/address/query.ts';
import type { Detector } from '../../../src/detector/detector.ts';
import { GorodError } from '../../../src/errors.ts';
import { type Job, runJob } from '../../../src/pipeline/job.ts';
import { OUTPUT_COLUMNS } from '../../../src/pipeline/output-columns.ts';
import { emptyTally } from '../../../src/pipeline/tally.ts';
import { findingsCollector } from '../../../src/report/collect.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/cli.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** The same for every amount, but for the status, as `cached` has it of an answer with a limit. */
function answerTo({ postcode, address, codRub }: AddressQuery): Answered {
  const paymentLimit = address.length % 3 === 0 ? -1 : 1000;
  const status_code = paymentLimit >= 0 && codRub > paymentLimit ? 'COD_LIMIT_EXCEEDED' : 'OK';
  const city = { cityCode: postcode, cityName: `=${address.slice(0, 3)}`, paymentLimit };
  return {
    kind: 'answered',
    source: 'cache',
    forEveryAmount: true,
    detection: { status_code, detected_cdek_city: city, detected_fias_city: { formal_name: 'Я', guid: 'g' } },
  };
}

/** Has most answers at hand; the others come after a while. */
const detector: Detector = {
  id: 'scripted',
  recall: (queries) => queries.map((query) => (query.address.includes('ask') ? undefined : answerTo(query))),
  ask: async (query) => {
    await new Promise(setImmediate);
    return answerTo(query);
  },
};

type Choice = Pick<Job, 'badRows' | 'limit' | 'fields' | 'maxRowBytes'> & { readonly output: string };

/** What a run leaves behind: the output, the counts and the findings, or the error. */
async function outcomeOf(input: string, { output, ...choice }: Choice, stdout = new PassThrough()): Promise<unknown> {
  const tally = emptyTally();
  const collector = findingsCollector({ file: 'orders.csv', language: 'en' });
  const job: Job = {
    input: folder.file(input),
    output: output === '-' ? '-' : folder.file(output),
    columns: { postcode: ['postcode'], address: ['address'], cod: ['cod'] },
    preset: undefined,
    delimiter: undefined,
    sheet: undefined,
    encoding: undefined,
    outputEncoding: 'utf-8',
    bom: false,
    prefix: 'cdek_',
    overwriteColumns: false,
    language: 'ru',
    defaults: { country: 'ru', fiasOnly: false },
    rules: { limitOf: () => undefined, acceptConfidence: 0.86 },
    maxOpenQuestions: 4,
    ...choice,
  };
  if (output !== '-') rmSync(job.output, { force: true });
  const error = await runJob(job, {
    detector,
    stdin: Readable.from([]),
    stdout,
    signal: new AbortController().signal,
    tally,
    collector,
    journal: undefined,
    onRemark: () => {},
    onColumns: () => {},
    onWritten: () => {},
  }).catch((thrown: unknown) => thrown);
  if (error !== undefined) {
    if (!(error instanceof GorodError)) throw error;
    return `${error.code} ${error.message.replaceAll(input, 'orders.csv')}`;
  }
  const text = output === '-' ? '' : readFileSync(job.output, 'latin1');
  return { text, tally, findings: collector.save() };
}

const cell = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '675000',
      '101000',
      'Lenina 1',
      '"ул. ""Мира"", 5"',
      '500',
      '1000.5',
      '"9,000"',
      '',
      '"a\nb"',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('ask 1', '"ask, 2"', 'a"b', '"open', ' "x"', 'a\rb', '👍', '٣') },
);
const record = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.nat(99).map(String), fc.constantFrom('675000', '"101000"', '67500'), cell, cell),
  },
  { weight: 1, arbitrary: fc.array(cell, { maxLength: 6 }) },
);

/** What is looked at before anything is copied: so much is read row by row in any case. */
const BEGINNING = Array.from({ length: 600 }, (_, row) => ['x'.repeat(90), '675000', `Lenina ${row}`, '']);

test('a file comes out the same, whether its rows are copied in their bytes or read one by one', async () => {
  const choices = fc.record({
    badRows: fc.constantFrom('stop' as const, 'keep' as const),
    limit: fc.constantFrom(undefined, BEGINNING.length + 3),
    fields: fc.constantFrom(OUTPUT_COLUMNS, ['status' as const]),
    maxRowBytes: fc.constantFrom(1 << 20, 1024),
    output: fc.constantFrom('out.csv', 'out.tsv', 'out.csv.gz'),
  });
  const files = fc.record({
    records: fc.array(record, { maxLength: 30 }),
    delimiter: fc.constantFrom(',', ';'),
    eol: fc.constantFrom('\n', '\r\n'),
    closed: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(files, choices, async ({ records, delimiter, eol, closed }, choice) => {
      const rows = [['id', 'postcode', 'address', 'cod'], ...BEGINNING, ...records].map((cells) =>
        cells.join(delimiter),
      );
      const text = rows.join(eol) + (closed ? eol : '');
      writeFileSync(folder.file('bytes.csv'), text);
      // Text in UTF-16 is always read row by row.
      writeFileSync(folder.file('texts.csv'), `\ufeff${text}`, 'utf16le');
      expect(await outcomeOf('bytes.csv', choice)).toEqual(await outcomeOf('texts.csv', choice));
      expect(existsSync(folder.file(`${choice.output}.partial`))).toBe(false);
    }),
    { numRuns: 120 },
  );
}, 60_000);

test('a stream that is read slowly gets what a file does', async () => {
  const rows = Array.from({ length: 20_000 }, (_, row) => `${row},675000,Lenina ${row % 700},${row % 3000}`);
  writeFileSync(folder.file('bytes.csv'), ['id,postcode,address,cod', ...rows, ''].join('\n'));
  const choice = { badRows: 'stop' as const, limit: undefined, fields: OUTPUT_COLUMNS, maxRowBytes: 1 << 20 };
  const file = await outcomeOf('bytes.csv', { ...choice, output: 'out.csv' });
  const stdout = new PassThrough({ highWaterMark: 1 << 24 });
  const { text: _, ...told } = (await outcomeOf('bytes.csv', { ...choice, output: '-' }, stdout)) as { text: string };
  stdout.end();
  const pieces: Buffer[] = [];
  for await (const piece of stdout) pieces.push(piece);
  expect({ text: Buffer.concat(pieces).toString('latin1'), ...told }).toEqual(file);
});
