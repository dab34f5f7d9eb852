import { stat, utimes } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { VERDICTS, type Verdict } from '../address/verdict.ts';
import type { CsvRow } from '../csv/cells.ts';
import type { Dialect } from '../csv/dialect.ts';
import { GorodError } from '../errors.ts';
import { type Table, withTable } from '../formats/open-table.ts';
import { outputFormat } from '../formats/output-format.ts';
import type { OutputText } from '../formats/output-text.ts';
import { packingOf } from '../formats/pack.ts';
import { FIX_COLUMNS, findFixColumns } from './fix-columns.ts';
import { knownHeaders } from './known-headers.ts';
import { numericColumns } from './output-columns.ts';
import { type Output, openOutputFile } from './output-file.ts';
import { isFilledIn, splitPaths } from './split-paths.ts';

/** How a finished output is written. */
export interface SplitSettings extends Dialect, OutputText {
  readonly prefix: string;
  /** Of the input; what was added to a row comes on top. */
  readonly maxRowBytes: number;
  readonly stdin: Readable;
  readonly signal: AbortSignal;
}

/** What gorod's own cells may take of a row, beside those of the input, whose quotation marks may be doubled. */
const ADDED_BYTES = 1 << 20;

/** How long, in bytes, a row of an output may be where those of the input are `maxRowBytes` at the most. */
export function enrichedRowBytes(maxRowBytes: number): number {
  return 2 * maxRowBytes + ADDED_BYTES;
}

/**
 * Writes the rows of a finished output once more, into a file per verdict; one without rows gets the header alone, so
 * that none is left from before. Those that a person works on have empty columns to fill in. Throws GorodError; the
 * output itself is complete.
 */
export async function splitOutput(output: string, settings: SplitSettings): Promise<void> {
  const { delimiter, encoding, maxRowBytes, stdin, signal } = settings;
  const reading = { delimiter, encoding, stdin, signal, sheet: undefined, headerWords: knownHeaders };
  const longest = enrichedRowBytes(maxRowBytes);
  await withTable(output, { ...reading, badRows: 'keep', longRows: 'keep', maxRowBytes: longest }, async (table) => {
    const parts = await openParts(output, table, settings);
    try {
      await writeParts(table, parts, settings);
      for (const verdict of VERDICTS) await parts[verdict].prepare();
      await table.assertUnchanged();
      for (const verdict of VERDICTS) await parts[verdict].commit();
      await markUntouched(output);
    } catch (error) {
      for (const verdict of VERDICTS) await parts[verdict].discard().catch(() => {});
      throw error;
    }
  });
}

/**
 * Gives the parts the time of their output, by which `isUntouched` knows them. Where a file system has no such thing, they
 * are merely looked through.
 */
async function markUntouched(output: string): Promise<void> {
  const { atime, mtime } = await stat(output);
  for (const part of Object.values(splitPaths(output))) await utimes(part, atime, mtime).catch(() => {});
}

/** Two times of one file system may differ by so many milliseconds where one was set to the other. */
const SAME_TIME_MS = 2;

/** Whether nobody has written to a part since it was made of the output beside it. */
export async function isUntouched(part: string, output: string): Promise<boolean> {
  const [one, other] = await Promise.all([part, output].map((path) => stat(path).catch(() => undefined)));
  return one !== undefined && other !== undefined && Math.abs(one.mtimeMs - other.mtimeMs) < SAME_TIME_MS;
}

type Parts = Readonly<Record<Verdict, Output>>;

async function openParts(output: string, { dialect }: Table, settings: SplitSettings): Promise<Parts> {
  const paths = splitPaths(output);
  const open = (path: string) => {
    const table = { ...settings, delimiter: dialect.delimiter, name: path };
    const pack = packingOf(outputFormat(path), { ...table, numericColumns: numericColumns(settings.prefix) });
    return openOutputFile(path, { pack });
  };
  return {
    accept: await open(paths.accept),
    review: await open(paths.review),
    reject: await open(paths.reject),
    retry: await open(paths.retry),
  };
}

async function writeParts({ name, header, dialect, batches }: Table, parts: Parts, settings: SplitSettings) {
  const { delimiter } = dialect;
  const { bom, eol, prefix } = settings;
  const verdictColumn = header.cells.indexOf(`${prefix}verdict`);
  if (verdictColumn === -1)
    throw new GorodError('BAD_COLUMNS', `${name}: has no column "${prefix}verdict" to split by.`);
  const present = findFixColumns(header.cells);
  const missing = FIX_COLUMNS.filter((column) => !present.has(column));
  const empty = delimiter.repeat(missing.length);
  for (const verdict of VERDICTS) {
    const added = isFilledIn(verdict) ? missing.map((column) => delimiter + column).join('') : '';
    await parts[verdict].write((bom ? '\ufeff' : '') + header.text + added + eol);
  }
  for await (const rows of batches) {
    const texts: Record<Verdict, string> = { accept: '', review: '', reject: '', retry: '' };
    for (const row of rows) {
      const verdict = verdictOf(row, verdictColumn);
      for await (const piece of row.pieces ?? []) await parts[verdict].write(piece);
      texts[verdict] += row.text + (isFilledIn(verdict) ? empty : '') + eol;
    }
    for (const verdict of VERDICTS) if (texts[verdict] !== '') await parts[verdict].write(texts[verdict]);
  }
}

/** A row that was too long to be held is ERR_BAD_ROW. One without a verdict, which a person has changed, is for a person. */
function verdictOf({ pieces, cells }: CsvRow, column: number): Verdict {
  if (pieces !== undefined) return 'reject';
  return VERDICTS.find((verdict) => verdict === cells[column]) ?? 'review';
}
