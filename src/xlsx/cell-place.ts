import { Fault } from './fault.ts';

/** What a sheet of Excel holds at most. */
export const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;

/** `C5` → 2: the column of a cell, counted from 0. Throws Fault. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at);
    if (code < 0x41 || code > 0x5a) break;
    column = column * 26 + code - 0x40;
    if (column > MAX_COLUMNS) break;
  }
  if (column === 0 || column > MAX_COLUMNS) throw new Fault(`there is no cell "${reference.slice(0, 20)}"`);
  return column - 1;
}

/** 2 → `C`: the letters of a column counted from 0. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(0x41 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
