import { GorodError } from '../errors.ts';
import { list } from './quote-headers.ts';
import { ROLES, type Role } from './roles.ts';
import { COLUMN_TEXTS } from './texts.ts';

/** A parsed `--columns`: for each role that it settles, the header names to take. */
export type ColumnChoice = Readonly<Partial<Record<Role, readonly string[]>>>;

/**
 * Reads `postcode=zip,address=street+city,cod=amount`. A backslash before `,` `+` `=` or `\` takes that character for
 * part of the header. Throws GorodError BAD_OPTION.
 */
export function parseColumnChoice(text: string): ColumnChoice {
  const choice: Partial<Record<Role, readonly string[]>> = {};
  for (const part of cut(text, ',')) {
    const [role = '', ...rest] = cut(part, '=');
    const names = cut(rest.join('='), '+').map((name) => plain(name).trim());
    const known = ROLES.find((one) => one === role.trim());
    if (known === undefined || names.some((name) => name === '')) throw badChoice(part);
    if (choice[known] !== undefined) {
      throw new GorodError('BAD_OPTION', COLUMN_TEXTS.roleTwice(known));
    }
    choice[known] = names;
  }
  return choice;
}

/** The column with a header, whatever its case. Throws GorodError BAD_COLUMNS when it is not there or occurs twice. */
export function named(headers: readonly string[], name: string, file: string): number {
  const same = (a: string, b: string) => a.trim().toLowerCase() === b.toLowerCase();
  const found = headers.flatMap((header, column) => (same(header, name) ? [column] : []));
  const [column] = found;
  if (column === undefined) {
    throw new GorodError('BAD_COLUMNS', COLUMN_TEXTS.unknownHeader(file, name, list(headers)));
  }
  if (found.length > 1) throw new GorodError('BAD_COLUMNS', COLUMN_TEXTS.doubledHeader(file, name, found.length));
  return column;
}

/** The parts between marks that no backslash stands before. */
function cut(text: string, mark: string): string[] {
  const parts = [''];
  for (const [piece] of text.matchAll(/\\[\s\S]|[\s\S]/gu)) {
    if (piece === mark) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

/** Elsewhere than before a mark a backslash is itself. */
function plain(name: string): string {
  return name.replace(/\\([,+=\\])/g, '$1');
}

function badChoice(part: string): GorodError {
  return new GorodError('BAD_OPTION', COLUMN_TEXTS.noChoice(part, ROLES.join(', ')));
}

/** The text of `--columns` that means a choice. */
export function renderColumnChoice(choice: ColumnChoice): string {
  const escaped = (name: string) => name.replace(/[,+=\\]/g, '\\$&');
  return ROLES.flatMap((role) => {
    const names = choice[role];
    return names === undefined ? [] : [`${role}=${names.map(escaped).join('+')}`];
  }).join(',');
}
