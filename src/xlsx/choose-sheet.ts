import { Fault } from './fault.ts';
import { XLSX_TEXTS } from './texts.ts';
import type { SheetEntry } from './workbook.ts';

const MOST_SHOWN = 20;

/**
 * The sheet of that name, else of that number among the visible ones, counted from 1; without a choice the first
 * visible one. Throws Fault that lists the sheets.
 */
export function chooseSheet(sheets: readonly SheetEntry[], choice: string | undefined): SheetEntry {
  const visible = sheets.filter(({ isHidden }) => !isHidden);
  if (choice === undefined) {
    const first = visible[0] ?? sheets[0];
    if (first === undefined) throw new Fault(XLSX_TEXTS.noSheets);
    return first;
  }
  const wanted = choice.trim().toLowerCase();
  const named =
    sheets.find(({ name }) => name === choice) ?? sheets.find(({ name }) => name.trim().toLowerCase() === wanted);
  const chosen = named ?? (/^\d+$/.test(wanted) ? visible[Number(wanted) - 1] : undefined);
  if (chosen !== undefined) return chosen;
  const names = sheets.slice(0, MOST_SHOWN).map(({ name }) => `"${name}"`);
  throw new Fault(XLSX_TEXTS.noSuchSheet(choice, names.join(', '), sheets.length - names.length));
}
