import { fieldSpans } from './field-spans.ts';

/** The cells of a plain record (see `cutRows`), as csv-parse reads them, in a fifth of its time. */
export function plainCells(text: string, delimiter: string): readonly string[] {
  if (!text.includes('"')) return text.split(delimiter);
  return fieldSpans(text, delimiter).map(({ start, end }) => plainCell(text.slice(start, end)));
}

/** One cell of such a record, given as it is written. */
export function plainCell(written: string): string {
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
}
