import { stat } from 'node:fs/promises';
import { GorodError } from '../../errors.ts';
import { changedRows } from '../../learn/changed-rows.ts';
import type { ReviewFile } from '../../learn/read-fixes.ts';
import { isUntouched } from '../../pipeline/split.ts';
import type { Terminal } from '../terminal.ts';
import { type ReviewReading, withPart } from './read-review.ts';

/**
 * The lines of a part whose postcode or address was written over since gorod wrote it, as far as the output that it is of
 * can tell: none where that is gone, newer than the part, or cannot be read.
 */
export async function changedLines(
  part: string,
  { rows }: Pick<ReviewFile, 'rows'>,
  output: string,
  settings: ReviewReading,
  reader: Pick<Terminal, 'stdin' | 'signal'>,
): Promise<readonly number[]> {
  if (rows.length === 0 || !(await isOlder(output, part)) || (await isUntouched(part, output))) return [];
  try {
    return await withPart(output, settings, reader, (table) => changedRows(rows, table, settings));
  } catch (error) {
    reader.signal.throwIfAborted();
    if (error instanceof GorodError) return [];
    throw error;
  }
}

async function isOlder(output: string, part: string): Promise<boolean> {
  const [of, at] = await Promise.all([output, part].map((path) => stat(path).catch(() => undefined)));
  return of !== undefined && at !== undefined && of.mtimeMs <= at.mtimeMs;
}
