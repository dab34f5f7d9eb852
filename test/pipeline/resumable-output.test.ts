import { readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal } from '../../src/journal/journal.ts';
import { openOutputFile, partialFile } from '../../src/pipeline/output-file.ts';
import { resumable } from '../../src/pipeline/resumable-output.ts';
import { emptyTally } from '../../src/pipeline/tally.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

function journalOf(output: string) {
  return openJournal(`${partialFile(output)}.journal`, {
    output,
    fingerprints: { input: 'i', options: 'o', answers: 'a' },
    sizes: () => ({
      partialBytes: statSync(partialFile(output), { throwIfNoEntry: false })?.size,
      outputBytes: undefined,
    }),
    restart: false,
    now: 0,
    pid: 1,
  });
}

test('a run that ends in the middle of a row is gone on with before that row', async () => {
  const path = folder.file('out.csv');
  const tally = emptyTally();
  const first = resumable(await openOutputFile(path), { tally, journal: journalOf(path) });
  await first.write('head\n');
  await first.write('one\n', () => {
    tally.rowsOut += 1;
  });
  await first.writeBegun('"half of ');
  await first.stop(new Error('interrupted'));

  const journal = journalOf(path);
  expect(journal.resumeFrom).toMatchObject({ rows: 1, outputBytes: 'head\none\n'.length });
  const keepBytes = journal.resumeFrom?.outputBytes;
  const second = resumable(await openOutputFile(path, { keepBytes }), { tally: emptyTally(), journal });
  await second.writeBegun('"half of ');
  await second.write('two"\n');
  await second.commit();
  journal.close();
  expect(readFileSync(path, 'utf8')).toBe('head\none\n"half of two"\n');
});
