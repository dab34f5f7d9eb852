import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GorodError } from '../../src/errors.ts';
import { type JournalOptions, type OutputSizes, openJournal } from '../../src/journal/journal.ts';
import { JOURNAL_TEXTS } from '../../src/journal/texts.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const OPTIONS: Omit<JournalOptions, 'sizes'> = {
  output: 'out.csv',
  fingerprints: { input: 'i', options: 'o', answers: 'a' },
  restart: false,
  now: 1000,
  pid: 4711,
};
/** Packed, an output has another size than its partial file. */
const FINAL_BYTES = 40;
const CHECKPOINT = { rows: 7, outputBytes: 100, counts: '{}' };

let folder: TemporaryFolder;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = folder.file('out.csv.partial.journal');
});
afterEach(() => folder[Symbol.dispose]());

function open({ partialBytes, outputBytes, ...more }: Partial<JournalOptions & OutputSizes> = {}) {
  return openJournal(file, { ...OPTIONS, sizes: () => ({ partialBytes, outputBytes }), ...more });
}

/** Leaves a journal behind as a killed run would. */
function killedAfter(finalBytes?: number): void {
  const journal = open();
  journal.save(CHECKPOINT, finalBytes);
  journal.close();
}

describe('a journal', () => {
  it('of a job that begins has nothing to go on with', () => {
    const journal = open();
    expect(journal).toMatchObject({ startedAt: 1000, resumeFrom: undefined, startedOver: undefined, finished: false });
    journal.remove();
    expect(existsSync(file)).toBe(false);
  });

  it('gives the last checkpoint and the time of the first attempt', () => {
    killedAfter();
    const journal = open({ now: 5000, partialBytes: 120 });
    expect(journal).toMatchObject({ startedAt: 1000, resumeFrom: CHECKPOINT, startedOver: undefined, finished: false });
    journal.close();
  });

  it.each([
    ['the input has changed', { fingerprints: { ...OPTIONS.fingerprints, input: 'x' } }],
    ['the options have changed', { fingerprints: { ...OPTIONS.fingerprints, options: 'x' } }],
    ['the gazetteer or the API has changed', { fingerprints: { ...OPTIONS.fingerprints, answers: 'x' } }],
    ['as --restart asks', { restart: true }],
    ['the partial output is gone or shorter than recorded', { partialBytes: 99 }],
    ['the partial output is gone or shorter than recorded', { partialBytes: undefined }],
  ])('is started over: %s', (startedOver, more) => {
    killedAfter();
    const journal = open({ partialBytes: 120, now: 5000, ...more });
    expect(journal).toMatchObject({
      startedAt: 5000,
      resumeFrom: undefined,
      startedOver: { en: startedOver },
      finished: false,
    });
    journal.close();
  });

  it('knows a run that was killed after its output had got its name', () => {
    killedAfter(FINAL_BYTES);
    const journal = open({ outputBytes: FINAL_BYTES });
    expect(journal).toMatchObject({ finished: true, startedOver: undefined, resumeFrom: CHECKPOINT });
    journal.close();
  });

  it('goes on with a run that was killed just before that', () => {
    killedAfter(FINAL_BYTES);
    const journal = open({ partialBytes: 100, outputBytes: FINAL_BYTES });
    expect(journal).toMatchObject({ finished: false, startedOver: undefined, resumeFrom: CHECKPOINT });
    journal.close();
  });

  it('does not take another file of the same name for its output', () => {
    killedAfter(FINAL_BYTES);
    const journal = open({ outputBytes: FINAL_BYTES + 1 });
    expect(journal.finished).toBe(false);
    expect(journal.startedOver).toBeDefined();
    journal.close();
  });

  it('can be open only once, and names who has it', () => {
    const first = open();
    expect(() => open()).toThrow(
      new GorodError('OUTPUT_BUSY', JOURNAL_TEXTS.busy('out.csv', JOURNAL_TEXTS.process('4711'))),
    );
    first.close();
    open().close();
  });

  it('is not removed once it is closed, for then it may be another run’s', () => {
    const first = open();
    first.close();
    const second = open();
    first.remove();
    expect(existsSync(file)).toBe(true);
    second.remove();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('is let go of also where it cannot be removed', () => {
    const journal = open();
    rmSync(file);
    mkdirSync(file);
    expect(() => journal.remove()).toThrow('out.csv.partial.journal');
    expect(readdirSync(folder.path)).toEqual(['out.csv.partial.journal']);
  });

  it('leaves itself alone behind when it is closed, and nothing when it is removed', () => {
    const first = open();
    expect(readdirSync(folder.path).toSorted()).toEqual(
      ['', '.holder', '.lock'].map((end) => `${basename(file)}${end}`),
    );
    first.close();
    expect(readdirSync(folder.path)).toEqual([basename(file)]);
    open().remove();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it.each(['', '.lock', '.holder'])('is not opened where a folder has the name %j, and says which', (end) => {
    mkdirSync(file + end);
    expect(() => open()).toThrow(
      expect.objectContaining({ code: 'OUTPUT_FAILED', message: expect.stringContaining('a folder of that name') }),
    );
    expect(readdirSync(folder.path)).toEqual([basename(file) + end]);
  });

  it('leaves nothing behind where it could not be begun', () => {
    const sizes = () => {
      throw new Error('not now');
    };
    expect(() => openJournal(file, { ...OPTIONS, sizes })).toThrow('not now');
    expect(readdirSync(folder.path)).toEqual([]);
    killedAfter();
    expect(() => openJournal(file, { ...OPTIONS, sizes })).toThrow('not now');
    const journal = open({ partialBytes: 120 });
    expect(journal.resumeFrom).toEqual(CHECKPOINT);
    journal.close();
  });

  it('that cannot be written to says so', () => {
    const journal = open();
    const other = new Database(file);
    other.exec('DROP TABLE job');
    other.close();
    expect(() => journal.save(CHECKPOINT)).toThrow(expect.objectContaining({ code: 'OUTPUT_FAILED' }));
    journal.remove();
  });

  it('that cannot be read says nothing, and the job begins anew', () => {
    writeFileSync(
      file,
      'no journal at all, but long enough to be looked at by SQLite as a database header, which it is not',
    );
    const journal = open();
    expect(journal.resumeFrom).toBeUndefined();
    journal.close();
    expect(readFileSync(file, 'latin1')).toMatch(/^SQLite format 3/);
  });
});
