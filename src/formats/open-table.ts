import type { Readable } from 'node:stream';
import { type CsvSource, type ReadOptions, readCsv } from '../csv/read.ts';
import { readCsvBytes } from '../csv/read-bytes.ts';
import { type DecodeOptions, decodeText } from '../encoding/decode.ts';
import type { Encoding } from '../encoding/encodings.ts';
import { decodeUtf8 } from '../encoding/utf8.ts';
import type { Texts } from '../languages.ts';
import { type Input, withInput } from './input.ts';
import { openText } from './open-text.ts';

/** A table that is read, whatever it is kept in. */
export interface Table extends CsvSource {
  /** For messages: the path, or what stdin is called; of a spreadsheet the sheet too. */
  readonly name: string;
  /** Of the text; a spreadsheet has none. */
  readonly encoding: Encoding | undefined;
  /** A byte-order mark stood before the text. */
  readonly bom: boolean;
  /** Whether the file holds other tables too. */
  readonly hasOtherSheets?: boolean;
  /** What a person should be told of how it is read, e.g. `encoding windows-1251 (recognised)`. */
  readonly remarks: readonly Texts[];
  /** Throws GorodError INPUT_CHANGED where the file has changed since it was opened. To be called before a result counts. */
  assertUnchanged(): Promise<void>;
  /** Lets go of what is open beside the input itself. */
  close?(): Promise<void>;
}

export type TableOptions = Omit<ReadOptions, 'name'> &
  Omit<DecodeOptions, 'name'> & {
    readonly stdin: Readable;
    /** What messages call it; by default `stdin`. */
    readonly stdinName?: string | undefined;
    /** Name or number of the sheet to take of a spreadsheet; undefined: the first visible one. */
    readonly sheet: string | undefined;
    /** When it aborts, reading stops with its reason. */
    readonly signal: AbortSignal;
  };

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
  const opened = await openText(input);
  if (opened === 'xlsx') {
    const { readXlsx } = await import('../xlsx/read.ts');
    const source = await readXlsx(name, { ...options, name });
    return { ...source, encoding: undefined, bom: false, remarks: [], assertUnchanged };
  }
  const text = await decodeText(opened, { ...options, name });
  const { encoding, bom, remark, utf8, chunks } = text;
  const decode = (bytes: AsyncIterable<Uint8Array>, line: number) => decodeUtf8(bytes, name, line);
  const reading = { ...options, name };
  const source = utf8 === undefined ? await readCsv(chunks, reading) : await readCsvBytes(utf8, decode, reading);
  return { ...source, name, encoding, bom, remarks: remark === undefined ? [] : [remark], assertUnchanged };
}
