/** What a sheet's rows are written like where a CSV of them is needed. */
export const SHEET_DIALECT = { delimiter: ',', eol: '\n' } as const;

const NEEDS_QUOTES = /[",\r\n]/;

/** Cells as a CSV record in `SHEET_DIALECT`, without line end. */
export function csvText(cells: readonly string[]): string {
  const text = cells.join(',');
  if (!text.includes('"') && !text.includes('\n') && !text.includes('\r') && !cells.some((cell) => cell.includes(',')))
    return text;
  return cells.map((cell) => (NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}
