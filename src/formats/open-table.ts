import type { Readable } from 'node:stream';
import { type CsvSource, type ReadOptions, readCsv } from '../csv/read.ts';
import { decodeUtf8 } from '../encoding/utf8.ts';
import { GorodError } from '../errors.ts';
import { type Input, withInput } from './input.ts';
import { contentOf, MAGIC_BYTES } from './magic.ts';
import { peek } from './peek.ts';

/** A table that is read, whatever it is kept in. */
export interface Table extends CsvSource {
  /** For messages: the path, or `stdin`. */
  readonly name: string;
  /** A byte-order mark stood before the text. */
  readonly bom: boolean;
  /** Throws GorodError BAD_INPUT where the file has changed since it was opened. To be called before a result counts. */
  assertUnchanged(): Promise<void>;
}

export interface TableOptions extends Omit<ReadOptions, 'name'> {
  readonly stdin: Readable;
  /** When it aborts, reading stops with its reason. */
  readonly signal: AbortSignal;
}

/**
 * Opens a table by its path, or stdin for `-`, and closes it when `use` is done. What it is kept in is told by its first
 * bytes. Throws GorodError INPUT_UNREADABLE or BAD_INPUT, or the reason of `signal` when that aborts.
 */
export async function withTable(
  path: string,
  options: TableOptions,
  use: (table: Table) => Promise<void>,
): Promise<void> {
  await withInput(path, options, async (input) => use(await openTable(input, options)));
}

async function openTable(input: Input, options: TableOptions): Promise<Table> {
  const { name, assertUnchanged } = input;
  const { beginning, bytes } = await peek(input.read(), MAGIC_BYTES);
  const reading = { ...options, name };
  switch (contentOf(beginning)) {
    case 'text': {
      const { bom, chunks } = await decodeUtf8(bytes, name);
      return { ...(await readCsv(chunks, reading)), name, bom, assertUnchanged };
    }
    case 'zip': {
      if (input.file === undefined) throw notFromPipe(name);
      const { readXlsx } = await import('../xlsx/read.ts');
      return { ...(await readXlsx(name, reading)), name, bom: false, assertUnchanged };
    }
    default:
      throw new GorodError('BAD_INPUT', `${name}: is neither a CSV nor a spreadsheet that can be read.`);
  }
}

function notFromPipe(name: string): GorodError {
  return new GorodError('BAD_INPUT', `${name}: a spreadsheet or an archive; save it as a file and name that.`);
}
