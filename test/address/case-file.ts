import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** The lines of `fixtures/cases/<name>.csv`; `\u00a0`, `\t`, `\r` and `\n` in a cell stand for that character. */
export function caseFile(name: string): readonly Readonly<Record<string, string>>[] {
  const text = readFileSync(new URL(`../../fixtures/cases/${name}.csv`, import.meta.url), 'utf8');
  return parse(text, { columns: true, cast: unescaped });
}

const CONTROLS: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };

function unescaped(cell: string): string {
  return cell.replace(/\\(?:u([0-9a-f]{4})|([trn]))/g, (_, hex?: string, letter?: string) =>
    hex === undefined ? (CONTROLS[letter ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
