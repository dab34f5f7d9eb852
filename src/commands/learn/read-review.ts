import type { QueryDefaults } from '../../address/cells.ts';
import type { Encoding } from '../../encoding/encodings.ts';
import { type Table, withTable } from '../../formats/open-table.ts';
import type { EnrichedSettings } from '../../learn/enriched-rows.ts';
import { hasFixes, type ReviewFile, readFixes } from '../../learn/read-fixes.ts';
import { knownHeaders } from '../../pipeline/known-headers.ts';
import { enrichedRowBytes } from '../../pipeline/split.ts';
import type { Terminal } from '../terminal.ts';

/** How a part of `--split` is read again. */
export interface ReviewReading extends EnrichedSettings {
  /** Undefined: told from the text. */
  readonly delimiter: string | undefined;
  readonly encoding: Encoding | undefined;
  readonly sheet: string | undefined;
  readonly maxRowBytes: number;
  readonly defaults: QueryDefaults;
}

type Reader = Pick<Terminal, 'stdin' | 'signal'>;

/** Reads what a person has filled into a part of `--split`. Throws GorodError. */
export async function readReview(file: string, settings: ReviewReading, reader: Reader): Promise<ReviewFile> {
  return withPart(file, settings, reader, (table) => readFixes(table, settings));
}

/** Whether a person has filled anything into a part, whatever its other columns are. Throws GorodError. */
export async function isFilledIn(file: string, settings: ReviewReading, reader: Reader): Promise<boolean> {
  return withPart(file, settings, reader, hasFixes);
}

/** Reads a part of `--split`, or what it is a part of, with rows of any kind in it. Throws GorodError. */
export async function withPart<T>(
  file: string,
  settings: ReviewReading,
  { stdin, signal }: Reader,
  read: (table: Table) => Promise<T>,
): Promise<T> {
  const kept = { badRows: 'keep', longRows: 'keep', maxRowBytes: enrichedRowBytes(settings.maxRowBytes) } as const;
  const reading = { ...settings, ...kept, stdin, signal, headerWords: knownHeaders };
  const results: T[] = [];
  await withTable(file, reading, async (table) => {
    results.push(await read(table));
    await table.assertUnchanged();
  });
  const [result] = results;
  if (result === undefined) throw new Error(`${file} was not read`);
  return result;
}
