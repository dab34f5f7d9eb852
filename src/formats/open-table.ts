import type { Readable } from 'node:stream';
import { type CsvSource, type ReadOptions, readCsv } from '../csv/read.ts';
import { decodeUtf8 } from '../encoding/utf8.ts';
import { GorodError } from '../errors.ts';
import { type Input, withInput } from './input.ts';
import { contentOf, MAGIC_BYTES } from './magic.ts';
import { peek } from './peek.ts';

/** A table that is read, whatever it is kept in. */
export interface Table extends CsvSource {
  /** For messages: the path, or `stdin`; of a spreadsheet the sheet too. */
  readonly name: string;
  /** A byte-order mark stood before the text. */
  readonly bom: boolean;
  /** Whether the file holds other tables too. */
  readonly hasOtherSheets?: boolean;
  /** Throws GorodError BAD_INPUT where the file has changed since it was opened. To be called before a result counts. */
  assertUnchanged(): Promise<void>;
  /** Lets go of what is open beside the input itself. */
  close?(): Promise<void>;
}

export interface TableOptions extends Omit<ReadOptions, 'name'> {
  readonly stdin: Readable;
  /** Name or number of the sheet to take of a spreadsheet; undefined: the first visible one. */
  readonly sheet: string | undefined;
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
  await withInput(path, options, async (input) => {
    const table = await openTable(input, options);
    try {
      await use(table);
    } finally {
      await table.close?.();
    }
  });
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
      return { ...(await readXlsx(name, reading)), bom: false, assertUnchanged };
    }
    case 'ole2': {
      const { oldWorkbook } = await import('../xlsx/old-workbook.ts');
      throw await oldWorkbook(name, input.file === undefined ? bytes : input.read());
    }
    default:
      throw new GorodError('BAD_INPUT', `${name}: is neither a CSV nor a spreadsheet that can be read.`);
  }
}

function notFromPipe(name: string): GorodError {
  return new GorodError('BAD_INPUT', `${name}: a spreadsheet or an archive; save it as a file and name that.`);
}
