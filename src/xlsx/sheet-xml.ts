import { columnLetters } from './cell-place.ts';
import { SHEET_START, STYLES } from './package-parts.ts';
import { escapeText } from './text-escapes.ts';

/** Widths of columns, in characters: a long address is cut off, a short code keeps room for its header. */
const NARROWEST = 8;
const WIDEST = 40;

/** What stands before the rows of a sheet: the header stays in sight, the columns are as wide as `sample` asks for. */
export function sheetBeginning(sample: readonly (readonly string[])[]): string {
  const [header = []] = sample;
  const columns = header.map((_, column) => {
    const longest = sample.reduce((most, cells) => Math.max(most, widthOf(cells[column] ?? '')), NARROWEST);
    return `<col min="${column + 1}" max="${column + 1}" width="${Math.min(longest + 2, WIDEST)}" customWidth="1"/>`;
  });
  return (
    `${SHEET_START}<sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${columns.join('')}</cols><sheetData>`
  );
}

/** What stands behind the rows: a filter over all of them, and no green corner for every number that is a text. */
export function sheetEnd(columns: number, rows: number): string {
  const all = `A1:${columnLetters(columns - 1)}${rows}`;
  return (
    `</sheetData><autoFilter ref="${all}"/>` +
    `<ignoredErrors><ignoredError sqref="${all}" numberStoredAsText="1"/></ignoredErrors></worksheet>`
  );
}

/** How rows are written: where their cells stand and which columns hold numbers. */
export interface RowStyle {
  readonly letters: readonly string[];
  readonly numeric: readonly boolean[];
}

/** One row, `number` counted from 1. Empty cells are left out; every other is a text, or a number where that shows the same. */
export function rowXml(cells: readonly string[], number: number, { letters, numeric }: RowStyle): string {
  const style = number === 1 ? STYLES.header : STYLES.text;
  let xml = `<row r="${number}">`;
  for (const [column, text] of cells.entries()) {
    if (text === '') continue;
    const place = `r="${letters[column] ?? columnLetters(column)}${number}"`;
    if (number > 1 && numeric[column] === true && isPlainNumber(text)) xml += `<c ${place}><v>${text}</v></c>`;
    else xml += `<c ${place} s="${style}" t="inlineStr"><is>${textXml(text)}</is></c>`;
  }
  return `${xml}</row>`;
}

function textXml(text: string): string {
  // Without the attribute, spaces at either end and line breaks may be dropped.
  const tag = /^\s|\s$|\n/.test(text) ? '<t xml:space="preserve">' : '<t>';
  return `${tag}${escapeText(text)}</t>`;
}

/** Whether a number is shown as it is written, whatever opens the file. */
function isPlainNumber(text: string): boolean {
  return /^-?(?:0|[1-9]\d{0,9})(?:\.\d{0,7}[1-9])?$/.test(text) && text !== '-0';
}

/** Chinese characters take the room of two. */
function widthOf(text: string): number {
  const longestLine = text.includes('\n') ? Math.max(...text.split('\n').map(({ length }) => length)) : text.length;
  const wide = text.match(/[\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff60]/g)?.length ?? 0;
  return longestLine + wide;
}
