import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { PassThrough, Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answered } from '../../src/address/outcome.ts';
import type { AddressQuery } from '../../src/address/query.ts';
import type { Detector } from '../../src/detector/detector.ts';
import { GorodError } from '../../src/errors.ts';
import { type Job, type JobContext, runJob } from '../../src/pipeline/job.ts';
import { emptyTally } from '../../src/pipeline/tally.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

function answerTo(query: AddressQuery): Answered {
  const possible_cities = [query.address];
  return { kind: 'answered', source: 'api', detection: { status_code: 'ERR_MANY_CITIES_IN_ADDRESS', possible_cities } };
}

/** Answers by asking, so that the window is at work. */
const asking: Detector = {
  id: 'scripted',
  recall: (queries) => queries.map(() => undefined),
  ask: async (query) => answerTo(query),
};

interface Given {
  readonly job?: Partial<Job>;
  readonly detector?: Detector;
  readonly stdin?: Readable;
  readonly stdout?: Writable;
  readonly signal?: AbortSignal;
}

function run({ job = {}, ...context }: Given = {}): { readonly done: Promise<void>; readonly context: JobContext } {
  const complete: JobContext = {
    detector: asking,
    stdin: Readable.from([]),
    stdout: new PassThrough(),
    signal: new AbortController().signal,
    tally: emptyTally(),
    journal: undefined,
    onRemark: () => {},
    onColumns: () => {},
    onWritten: () => {},
    ...context,
  };
  const settings: Job = {
    input: folder.file('in.csv'),
    output: folder.file('out.csv'),
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
    fields: ['status', 'possible_cities'],
    overwriteColumns: false,
    language: 'en',
    defaults: { country: 'ru', fiasOnly: false },
    rules: { limitOf: () => undefined, acceptConfidence: 0.86 },
    maxOpenQuestions: 4,
    ...job,
  };
  return { done: runJob(settings, complete), context: complete };
}

async function enriched(input: string | Uint8Array, job: Partial<Job> = {}): Promise<string> {
  writeFileSync(folder.file('in.csv'), input);
  await run({ job }).done;
  return readFileSync(folder.file('out.csv'), 'utf8');
}

const MANY = 'ERR_MANY_CITIES_IN_ADDRESS';

describe('a file', () => {
  test('is enriched with its own delimiter, line ends and spelling', async () => {
    expect(await enriched('zip;address;x\r\n675000;"Lenina 1; kv 2";""\r\n\r\n675000.0;Lenina 2; \r\n')).toBe(
      `zip;address;x;cdek_status;cdek_possible_cities\r\n` +
        `675000;"Lenina 1; kv 2";"";${MANY};"Lenina 1; kv 2"\r\n` +
        `675000.0;Lenina 2; ;${MANY};Lenina 2\r\n`,
    );
  });

  test('keeps its byte-order mark, or the lack of it', async () => {
    expect(await enriched('\ufeffzip,address\n675000,a\n')).toMatch(/^\ufeffzip,address,cdek_status/);
    expect(await enriched('zip,address\n675000,a\n')).toMatch(/^zip,address,cdek_status/);
  });

  test('of a header alone becomes a header alone', async () => {
    expect(await enriched('zip,address')).toBe('zip,address,cdek_status,cdek_possible_cities\n');
  });

  test('is cut off after the rows of --limit, whatever follows them', async () => {
    const rows = Array.from({ length: 10 }, (_, index) => `675000,a${index}\n`);
    rows[7] = '"broken\n';
    const written = await enriched(`zip,address\n${rows.join('')}`, { limit: 3 });
    expect(written.trimEnd().split('\n')).toHaveLength(4);
    await expect(enriched(`zip,address\n${rows.join('')}`, { limit: 8 })).rejects.toThrow('line 9');
  });

  test('is written with its bad rows where they are kept', async () => {
    expect(await enriched('zip,address\n675000\n"x,y\n675000,a\n', { badRows: 'keep', fields: ['status'] })).toBe(
      `zip,address,cdek_status\n675000,,ERR_BAD_ROW\n"""x",y,ERR_BAD_ROW\n675000,a,${MANY}\n`,
    );
  });

  test('has its own columns of the added names replaced when that is asked for', async () => {
    const input = `zip,CDEK_Status,address\n675000,OLD,a\n`;
    expect(await enriched(input, { overwriteColumns: true, fields: ['status'] })).toBe(
      `zip,address,cdek_status\n675000,a,${MANY}\n`,
    );
  });

  test('is counted and told of', async () => {
    const input = 'zip,address,cod\n675000,a,1\nx,b,2\n';
    writeFileSync(folder.file('in.csv'), input);
    const told: unknown[] = [];
    const written: number[][] = [];
    const { done, context } = run();
    Object.assign(context, {
      onColumns: (...columns: unknown[]) => told.push(columns),
      onWritten: (...rows: number[]) => written.push(rows),
    });
    await done;
    expect(context.tally).toMatchObject({ rowsIn: 2, rowsOut: 2 });
    const map = { postcode: 0, address: [1], cod: 2, country: undefined };
    expect(told).toMatchObject([[{ map, warnings: [] }, ['zip', 'address', 'cod']]]);
    expect(written).toEqual([[2, '675000,a,1\nx,b,2\n'.length]]);
  });
});

describe('stdin and stdout', () => {
  test('are read and written without a byte-order mark', async () => {
    const stdout = new PassThrough();
    const stdin = Readable.from([Buffer.from('\ufeffzip,address\n67'), Buffer.from('5000,a\n')]);
    await run({ stdin, stdout, job: { input: '-', output: '-', fields: ['status'] } }).done;
    expect(String(stdout.read())).toBe(`zip,address,cdek_status\n675000,a,${MANY}\n`);
  });

  test('name themselves in errors', async () => {
    const stdin = Readable.from([Buffer.from('a,b\n')]);
    await expect(run({ stdin, job: { input: '-', output: '-' } }).done).rejects.toThrow('stdin: no postcode column');
  });

  test('end the run when nobody takes what is written', async () => {
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    const stdin = Readable.from([Buffer.from('zip,address\n675000,a\n')]);
    await expect(run({ stdin, stdout, job: { input: '-', output: '-' } }).done).rejects.toMatchObject({
      code: 'OUTPUT_FAILED',
    });
  });
});

describe('a run that fails leaves no output behind', () => {
  test.each([
    ['a column that is missing', 'a,b\n1,2\n', 'BAD_COLUMNS', 'no postcode column'],
    ['an added column that is there already', 'zip,address,cdek_status\n', 'BAD_COLUMNS', '"cdek_status" already'],
    ['a ragged row', 'zip,address\n675000,a\n675000\n', 'BAD_INPUT', 'in.csv, line 3'],
    [
      'another encoding',
      Buffer.from('zip,address\n675000,Stra\xdfe M\xfcller\n', 'latin1'),
      'BAD_INPUT',
      'neither UTF-8',
    ],
    ['an empty file', '', 'BAD_INPUT', 'empty'],
  ])('after %s', async (_, input, code, message) => {
    const refusal = enriched(input);
    await expect(refusal).rejects.toMatchObject({ code });
    await expect(refusal).rejects.toThrow(message);
    expect(readdirSync(folder.path)).toEqual(['in.csv']);
  });

  test('after a file that is not there', async () => {
    await expect(run().done).rejects.toMatchObject({ code: 'INPUT_UNREADABLE', message: /in\.csv/ });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('after a refused key', async () => {
    writeFileSync(folder.file('in.csv'), 'zip,address\n675000,a\n');
    const detector: Detector = { ...asking, ask: () => Promise.reject(new GorodError('BAD_KEY', 'refused')) };
    await expect(run({ detector }).done).rejects.toMatchObject({ code: 'BAD_KEY' });
    expect(readdirSync(folder.path)).toEqual(['in.csv']);
  });

  test('after an interruption, whose reason it ends with', async () => {
    writeFileSync(folder.file('in.csv'), 'zip,address\n675000,a\n');
    const stop = new AbortController();
    const reason = new GorodError('INTERRUPTED', 'interrupted');
    const detector: Detector = {
      ...asking,
      ask: (_, { signal } = {}) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
          stop.abort(reason);
        }),
    };
    await expect(run({ detector, signal: stop.signal }).done).rejects.toBe(reason);
    expect(readdirSync(folder.path)).toEqual(['in.csv']);
  });

  test('and an older output stays as it was', async () => {
    writeFileSync(folder.file('out.csv'), 'old');
    await expect(enriched('zip,address\n675000,"a\n')).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(readFileSync(folder.file('out.csv'), 'utf8')).toBe('old');
    expect(await enriched('zip,address\n675000,a\n')).toContain(MANY);
  });
});

describe('the output', () => {
  test('is not the input', async () => {
    writeFileSync(folder.file('in.csv'), 'zip,address\n');
    const output = `${folder.path}/./in.csv`;
    await expect(run({ job: { output } }).done).rejects.toMatchObject({ code: 'BAD_OPTION' });
    expect(readFileSync(folder.file('in.csv'), 'utf8')).toBe('zip,address\n');
  });

  test('that cannot be made is named', async () => {
    writeFileSync(folder.file('in.csv'), 'zip,address\n675000,a\n');
    const output = folder.file('no/such/folder/out.csv');
    await expect(run({ job: { output } }).done).rejects.toMatchObject({ code: 'OUTPUT_FAILED', message: /no\/such/ });
  });
});
