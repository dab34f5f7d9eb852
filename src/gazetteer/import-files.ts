import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { decodeWhole } from '../encoding/decode-whole.ts';
import { GorodError } from '../errors.ts';
import type { Draft, Source } from './draft.ts';
import { nameKey } from './draft.ts';
import type { ImportedRows } from './import/imported-rows.ts';
import { FORMATS, type Format, recogniseFormat } from './import/recognise.ts';
import { createSubjectFinder, type SubjectFinder } from './import/subject-finder.ts';
import { loadDraft, loadExtents, loadPrefixOwners } from './load-draft.ts';
import { type MergeReport, mergeInto } from './merge.ts';
import { contradiction } from './namesakes.ts';
import { createPlaceIndex } from './place-index.ts';
import { addExonyms } from './with-exonyms.ts';
import { writeGazetteer } from './write-gazetteer.ts';

/** What became of one imported file. */
export interface FileReport extends MergeReport {
  readonly file: string;
  readonly format: Format;
  readonly refused: ImportedRows['refused'];
  readonly skipped: ImportedRows['skipped'];
  readonly warnings: ImportedRows['warnings'];
}

/** What to import where. */
export interface ImportOrder {
  readonly files: readonly string[];
  /** The format of all files; recognised file by file where absent. */
  readonly format?: Format;
  /** The gazetteer that the files are added to; made when it is not there. */
  readonly output: string;
}

/**
 * Imports files into a gazetteer, which is replaced only when all of them are in. Every file's report goes to `report`
 * as soon as it is known. A file of which nothing could be used is GorodError BAD_INPUT, and nothing is written.
 */
export function importFiles(order: ImportOrder, report: (report: FileReport) => void): void {
  const draft = loadDraft(order.output);
  const finder = createSubjectFinder({ ...draft, extents: loadExtents() });
  for (const file of order.files) {
    const result = importFile(draft, file, order.format, finder);
    report(result);
    const used = result.added + Object.values(result.merged).reduce((sum, count) => sum + count, 0);
    if (used === 0) throw new GorodError('BAD_INPUT', `${file}: nothing in it could be used; nothing was written`);
  }
  finishGazetteer(order.output, draft);
}

/** Writes a gazetteer of a draft that has all its places: they get their exonyms and prefixes. */
export function finishGazetteer(output: string, draft: Draft): void {
  addExonyms(draft);
  addPrefixes(draft);
  writeGazetteer(output, draft);
}

function importFile(draft: Draft, file: string, given: Format | undefined, finder: SubjectFinder): FileReport {
  const content = readContent(file);
  const format = given ?? recogniseFormat(file, content);
  const { importer, title, ...more } = FORMATS[format];
  const rows = importer(file, content, finder);
  const date = statSync(file).mtime.toISOString().slice(0, 10);
  const source: Source = { name: `${title}: ${basename(file)}`, date, ...more };
  const { refused, skipped, warnings } = rows;
  return { file, format, refused, skipped, warnings, ...mergeInto(draft, source, rows.places) };
}

const SAMPLE_BYTES = 4096;

function readContent(file: string): Buffer {
  try {
    return inUtf8(readFileSync(file));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GorodError('INPUT_UNREADABLE', `cannot read ${file}: ${reason}`, { cause });
  }
}

/** A table that a spreadsheet program saved may be in another encoding; what is none is left to its importer. */
function inUtf8(content: Buffer): Buffer {
  const isWide = content.subarray(0, SAMPLE_BYTES).includes(0);
  if (content.subarray(0, 2).toString('latin1') === 'PK' || (isUtf8(content) && !isWide)) return content;
  const text = decodeWhole(content);
  return text === undefined ? content : Buffer.from(text);
}

/** Lets the cities that are known to own prefixes own them here too: found by code, else by a name that is unique. */
function addPrefixes(draft: Draft): void {
  const index = createPlaceIndex(draft.places);
  for (const owner of loadPrefixOwners()) {
    const byCode = [
      ...index.byFias(owner.fiasGuid),
      ...index.byKladr(owner.kladr),
      ...index.byCityCode(owner.cityCode),
    ];
    const namesakes = index.byName(nameKey(owner));
    const [found] = byCode.length > 0 ? byCode : namesakes.length === 1 ? namesakes : [];
    if (found === undefined || (byCode.length === 0 && contradiction(found.facts, owner) !== undefined)) continue;
    found.facts = { ...found.facts, prefixes: owner.prefixes ?? [] };
  }
}
