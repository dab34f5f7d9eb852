import { type CsvRow, parseCells } from '../csv/cells.ts';
import type { Encoding } from '../encoding/encodings.ts';
import { inexpressibleIn } from '../encoding/expressible.ts';
import { GorodError } from '../errors.ts';
import type { Texts } from '../languages.ts';
import { JOB_TEXTS } from './texts.ts';

/** A record of the output, and the row that it was made of. */
export interface WrittenRecord {
  readonly row: CsvRow;
  /** Without its line end. */
  readonly text: string;
}

/** Checks the text of some records before it is written; `records` are made only where one of them is to be named. */
export type AssertExpressible = (text: string, records: () => readonly WrittenRecord[]) => void;

export interface Expressing {
  /** For messages. */
  readonly name: string;
  readonly encoding: Encoding;
  readonly delimiter: string;
  /** Of the output. */
  readonly headers: readonly string[];
}

/**
 * Keeps characters from being lost that the output's encoding has no bytes for: throws GorodError BAD_OPTION naming the
 * line, the column and the character.
 */
export function assertExpressible({ name, encoding, delimiter, headers }: Expressing): AssertExpressible {
  const find = inexpressibleIn(encoding);
  if (find === undefined) return () => {};

  function where({ row, text }: WrittenRecord): Texts {
    const [parsed] = row.broken ? [] : parseCells([{ text, line: row.line, broken: false }], delimiter);
    const column = parsed?.cells.findIndex((cell) => find?.(cell) !== undefined) ?? -1;
    const header = headers[column];
    return header === undefined ? JOB_TEXTS.line(name, row.line) : JOB_TEXTS.cell(name, row.line, header);
  }

  return (text, records) => {
    const character = find(text);
    if (character === undefined) return;
    const record = records().find((one) => find(one.text) !== undefined);
    const place = record === undefined ? name : where(record);
    throw new GorodError('BAD_OPTION', JOB_TEXTS.inexpressible(place, character, encoding));
  };
}
