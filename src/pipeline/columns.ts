import { GorodError } from '../errors.ts';
import { HEADER_WORDS, plainHeader, QUALIFIERS, ROLES, type Role } from './header-words.ts';

/** Which columns, counted from 0, hold what. `address` are the cells that make up the address, in the order of joining. */
export interface ColumnMap {
  readonly postcode: number;
  readonly address: readonly number[];
  readonly cod: number | undefined;
  readonly country: number | undefined;
}

/** A parsed `--columns`: for each role that it settles, the header names to take. */
export type ColumnChoice = Readonly<Partial<Record<Role, readonly string[]>>>;

/** Reads `postcode=zip,address=street+city,cod=amount`. Throws GorodError BAD_OPTION. */
export function parseColumnChoice(text: string): ColumnChoice {
  const choice: Partial<Record<Role, readonly string[]>> = {};
  for (const part of text.split(',')) {
    const [role = '', names = ''] = split2(part, '=');
    if (!isRole(role.trim()) || names.trim() === '') throw badChoice(part);
    choice[role.trim() as Role] = names.split('+').map((name) => name.trim());
  }
  return choice;
}

/**
 * Finds the columns by their headers, `choice` first. Throws GorodError BAD_COLUMNS when one is missing, doubled or
 * ambiguous, naming the headers found and the flag that settles it.
 */
export function resolveColumns(headers: readonly string[], choice: ColumnChoice, file: string): ColumnMap {
  const single = (role: Role): number | undefined => {
    const chosen = choice[role];
    if (chosen !== undefined && chosen.length !== 1)
      throw new GorodError('BAD_OPTION', `--columns: ${role} takes one header.`);
    return chosen === undefined ? guess(headers, role, file) : named(headers, chosen[0] ?? '', file);
  };
  const postcode = single('postcode') ?? missing(headers, 'postcode', file);
  const address = addressColumns(headers, choice, file);
  return { postcode, address, cod: single('cod'), country: single('country') };
}

function addressColumns(headers: readonly string[], choice: ColumnChoice, file: string): readonly number[] {
  if (choice.address !== undefined && choice.city === undefined && choice.region === undefined) {
    return choice.address.map((name) => named(headers, name, file));
  }
  const columns: number[] = [];
  for (const role of ['address', 'city', 'region'] as const) {
    const found = choice[role]?.map((name) => named(headers, name, file)) ?? [guess(headers, role, file)];
    for (const column of found) if (column !== undefined && !columns.includes(column)) columns.push(column);
    if (columns.length === 0) missing(headers, 'address', file);
  }
  return columns;
}

function guess(headers: readonly string[], role: Role, file: string): number | undefined {
  const found = headers.flatMap((header, column) => (means(header, role) ? [column] : []));
  if (found.length > 1) {
    const names = quoted(
      found.map((column) => headers[column] ?? ''),
      ' and ',
    );
    throw new GorodError(
      'BAD_COLUMNS',
      `${file}: ${names} may each be the ${role}. Say which with --columns ${role}=HEADER${DOUBLED_HINT}`,
    );
  }
  return found[0];
}

const MOST_SHOWN = 40;
const LONGEST_SHOWN = 80;

const DOUBLED_HINT = ' (a header that occurs twice must first be renamed in the file).';

/** `COD, руб.` is as good as `COD`. */
const CURRENCY = / (?:rub|rur|руб|рублей|в рублях|卢布)$/u;

function means(header: string, role: Role): boolean {
  const plain = plainHeader(header).replace(CURRENCY, '');
  const words = HEADER_WORDS[role];
  if (words.includes(plain)) return true;
  return QUALIFIERS.some((qualifier) => {
    if (plain.startsWith(qualifier)) return words.includes(plain.slice(qualifier.length).trim());
    return plain.endsWith(qualifier) && words.includes(plain.slice(0, -qualifier.length).trim());
  });
}

function named(headers: readonly string[], name: string, file: string): number {
  const same = (a: string, b: string) => a.trim().toLowerCase() === b.toLowerCase();
  const found = headers.flatMap((header, column) => (same(header, name) ? [column] : []));
  const [column] = found;
  if (column === undefined)
    throw new GorodError('BAD_COLUMNS', `${file}: no column "${name}" (--columns). ${list(headers)}`);
  if (found.length > 1)
    throw new GorodError(
      'BAD_COLUMNS',
      `${file}: the column "${name}" occurs ${found.length} times. Rename one of them.`,
    );
  return column;
}

function missing(headers: readonly string[], role: 'postcode' | 'address', file: string): never {
  throw new GorodError(
    'BAD_COLUMNS',
    `${file}: no ${role} column recognised. ${list(headers)} Name it with --columns ${role}=HEADER.`,
  );
}

function list(headers: readonly string[]): string {
  return `Its headers are: ${quoted(headers, ', ')}.`;
}

/** As many headers, and as much of each, as a person reads. */
function quoted(headers: readonly string[], joint: string): string {
  const names = headers.slice(0, MOST_SHOWN).map((header) => {
    return `"${header.length > LONGEST_SHOWN ? `${header.slice(0, LONGEST_SHOWN)}…` : header}"`;
  });
  const more = headers.length - names.length;
  return names.join(joint) + (more > 0 ? `${joint}${more} more` : '');
}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

function badChoice(part: string): GorodError {
  return new GorodError(
    'BAD_OPTION',
    `--columns: "${part}" is not ROLE=HEADER or ROLE=HEADER+HEADER; roles are ${ROLES.join(', ')}.`,
  );
}

function split2(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
