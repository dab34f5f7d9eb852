import { inEach, joined, type Texts } from '../languages.ts';
import { COLUMN_TEXTS } from './texts.ts';

const MOST_SHOWN = 40;
const LONGEST_SHOWN = 80;

/** All headers of a file, for a message. */
export function list(headers: readonly string[]): Texts {
  return COLUMN_TEXTS.headers(quoted(headers, ', '));
}

/** As many headers, and as much of each, as a person reads. */
export function quoted(headers: readonly string[], joint: string): string {
  const names = headers.slice(0, MOST_SHOWN).map((header) => {
    return `"${header.length > LONGEST_SHOWN ? `${header.slice(0, LONGEST_SHOWN)}…` : header}"`;
  });
  const more = headers.length - names.length;
  return names.join(joint) + (more > 0 ? `${joint}… (+${more})` : '');
}

/** As many texts, each about one column, as a person reads. */
export function some(texts: readonly Texts[], joint: string | Texts): Texts {
  const more = texts.length - MOST_SHOWN;
  return joined([...texts.slice(0, MOST_SHOWN), ...(more > 0 ? [inEach(() => `… (+${more})`)] : [])], joint);
}

/** One column, for a message: by its header, or by its number from 1 where it has none. */
export function columnName(headers: readonly string[], column: number): Texts {
  const header = headers[column] ?? '';
  return header.trim() === '' ? COLUMN_TEXTS.unnamed(column + 1) : inEach(() => quoted([header], ''));
}
