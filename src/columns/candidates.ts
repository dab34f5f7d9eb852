import { parseCountry } from '../address/country.ts';
import { GorodError } from '../errors.ts';
import { joined, type Texts } from '../languages.ts';
import { type Fit, fitOf, holdsAmounts, isNumbering, type ValueKind } from './cell-values.ts';
import type { ColumnClues } from './clues.ts';
import type { HeaderRole } from './header-words.ts';
import { columnName, quoted, some } from './quote-headers.ts';
import { type HeaderReading, readHeader } from './read-header.ts';
import { type Reason, ROLES, type Role, type Why } from './roles.ts';
import { COLUMN_TEXTS, ROLE_TEXTS } from './texts.ts';

/** The columns of a file while roles are given to them. Whoever uses `allByHeader` takes the columns itself. */
export interface Candidates {
  /**
   * The column whose header means the role: the recipient's before one that does not say whose it is; where that
   * leaves several, the one whose cells fit. Undefined where there is none. Throws GorodError BAD_COLUMNS on a tie.
   */
  byHeader(role: HeaderRole): number | undefined;
  /** The one column, not spoken for by its header, whose cells are clearly of the kind. Throws BAD_COLUMNS without a header line. */
  byValues(kind: Exclude<ValueKind, 'cod'>): number | undefined;
  /** The one column whose header speaks of a collection and whose cells are clearly its amounts. */
  byAmounts(): number | undefined;
  /** Every column whose header means the role, which several may have: the recipient's where it says whose it is. */
  allByHeader(role: HeaderRole): readonly number[];
  /** Whether any sampled cell of a column is filled; true where nothing was sampled. */
  isFilled(column: number): boolean;
  /** Whether the filled cells of a column mostly hold no number; false where nothing was sampled. */
  isNumberless(column: number): boolean;
  /** Columns whose header means the role, but of a sender or payer. */
  ofSomeoneElse(role: HeaderRole): readonly number[];
  /** Gives a column its role. */
  take(column: number, why: Why, detail?: Texts): number;
}

/** So much better must cells fit than those of every other column. */
const CLEAR_MARGIN = 0.5;
/** What cells alone must come to, and over how many. */
const LONE_SHARE = { postcode: 0.9, address: 0.7, country: 1, cod: 0.9 } as const;
const LONE_CELLS = 3;

const KIND_OF: Readonly<Partial<Record<HeaderRole, ValueKind>>> = {
  postcode: 'postcode',
  address: 'address',
  line1: 'address',
  street: 'address',
  cod: 'cod',
  country: 'country',
};

export function openCandidates(
  { file, headers, sample, added = new Set() }: ColumnClues,
  reasons: Map<number, Reason>,
  warnings: Texts[],
): Candidates {
  const readings = headers.map((header, column) => (added.has(column) ? NOTHING : readHeader(header)));
  const columnsThat = (test: (reading: HeaderReading, column: number) => boolean) =>
    readings.flatMap((reading, column) => (test(reading, column) ? [column] : []));
  const name = (column: number) => columnName(headers, column);

  function take(column: number, why: Why, detail?: Texts): number {
    reasons.set(column, detail === undefined ? { why } : { why, detail });
    return column;
  }

  function meaning(role: HeaderRole) {
    const meant = columnsThat((reading) => reading.role === role && reading.whose !== 'other');
    const recipients = meant.filter((column) => readings[column]?.whose === 'recipient');
    return { meant, first: recipients.length > 0 ? recipients : meant };
  }

  function byHeader(role: HeaderRole): number | undefined {
    const { meant, first } = meaning(role);
    const [only] = first;
    if (only === undefined) return undefined;
    if (first.length === 1 && (meant.length === 1 || isPlausible(only, role))) return take(only, 'header');
    const best = clearlyBest(first.length === 1 ? meant : first, role);
    if (best !== undefined) return best;
    if (first.length === 1) return take(only, 'header');
    throw ambiguous(first, role);
  }

  /** Whether the cells do not speak against what the header says. */
  function isPlausible(column: number, role: HeaderRole): boolean {
    const kind = KIND_OF[role];
    if (sample.length === 0 || kind === undefined) return true;
    const { filled, share } = fitOf(sample, column, kind);
    // A street alone is little of an address, but it is the recipient's.
    return filled > 0 && (kind === 'address' || share > 0);
  }

  function clearlyBest(columns: readonly number[], role: HeaderRole): number | undefined {
    const kind = KIND_OF[role];
    const ranked = columns
      .map((column) => ({ column, fit: fitOf(sample, column, kind ?? 'address') }))
      .map(({ column, fit }) => ({ column, fit, score: kind === undefined ? Math.min(fit.filled, 1) : fit.share }))
      .sort((one, other) => other.score - one.score);
    const [best, second] = ranked;
    if (best === undefined || best.fit.filled < Math.min(LONE_CELLS, sample.length)) return undefined;
    const emptied = ranked.slice(1).every(({ fit }) => fit.filled === 0) && best.score > 0;
    if (!emptied && best.score - (second?.score ?? 0) < CLEAR_MARGIN) return undefined;
    const others = ranked.slice(1).map(({ column, fit }) => joined([name(column), told(fit, kind)], ': '));
    const detail = joined([told(best.fit, kind), some(others, ', ')], '; ');
    warnings.push(COLUMN_TEXTS.takenByCells(name(best.column), ROLE_TEXTS[optionOf(role)], detail));
    return take(best.column, 'header', told(best.fit, kind));
  }

  function ambiguous(columns: readonly number[], role: HeaderRole): GorodError {
    const names = some(columns.map(name), COLUMN_TEXTS.and);
    return new GorodError(
      'BAD_COLUMNS',
      COLUMN_TEXTS.ambiguous(file, names, ROLE_TEXTS[optionOf(role)], optionOf(role)),
    );
  }

  function byValues(kind: Exclude<ValueKind, 'cod'>): number | undefined {
    const free = columnsThat(
      ({ role, unrelated }, column) => role === undefined && !unrelated && !added.has(column) && !reasons.has(column),
    ).filter((column) => kind !== 'postcode' || !isNumbering(sample, column));
    const ranked = free
      .map((column) => ({ column, fit: fitOf(sample, column, kind) }))
      .sort((one, other) => other.fit.share - one.fit.share);
    const [best, second] = ranked;
    if (best === undefined || best.fit.filled < LONE_CELLS || best.fit.share < LONE_SHARE[kind]) return undefined;
    if (best.fit.share - (second?.fit.share ?? 0) < CLEAR_MARGIN) return undefined;
    if (kind === 'country' && !hasRussia(sample, best.column)) return undefined;
    refuseData(best.column, kind);
    const detail = told(best.fit, kind);
    warnings.push(COLUMN_TEXTS.takenByCellsAlone(name(best.column), ROLE_TEXTS[kind], detail, kind));
    return take(best.column, 'values', detail);
  }

  function byAmounts(): number | undefined {
    const fits = meaning('collected')
      .first.map((column) => ({ column, fit: fitOf(sample, column, 'cod') }))
      .filter(({ column, fit }) => fit.share >= LONE_SHARE.cod && holdsAmounts(sample, column));
    const [only] = fits;
    if (only === undefined || fits.length > 1) return undefined;
    const detail = told(only.fit, 'cod');
    warnings.push(COLUMN_TEXTS.takenByCells(name(only.column), ROLE_TEXTS.cod, detail));
    return take(only.column, 'header', detail);
  }

  /** A file without a header line would lose its first order. */
  function refuseData(column: number, kind: ValueKind): void {
    if (kind === 'country' || fitOf([headers], column, kind).share === 0) return;
    throw new GorodError('BAD_COLUMNS', COLUMN_TEXTS.noHeaderLine(file, quoted([headers[column] ?? ''], '')));
  }

  return {
    byHeader,
    byValues,
    byAmounts,
    allByHeader: (role) => meaning(role).first,
    isFilled: (column) => sample.length === 0 || fitOf(sample, column, 'address').filled > 0,
    isNumberless: (column) => {
      const cells = sample.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '');
      const numbered = cells.filter((cell) => /\p{N}/u.test(cell));
      return sample.length > 0 && (cells.length === 0 || numbered.length * 2 < cells.length);
    },
    ofSomeoneElse: (role) => columnsThat((reading) => reading.role === role && reading.whose === 'other'),
    take,
  };
}

const NOTHING: HeaderReading = { role: undefined, whose: 'unsaid', unrelated: true };

/** What `--columns` calls a role: parts of the address are named as such. */
function optionOf(role: HeaderRole): Role {
  return ROLES.find((known) => known === role) ?? 'address';
}

function told({ filled, share }: Fit, kind: ValueKind | undefined): Texts {
  if (filled === 0) return COLUMN_TEXTS.empty;
  return kind === undefined ? COLUMN_TEXTS.filled(filled) : COLUMN_TEXTS.fitting(share, filled, kind);
}

/** A column of two-letter words is one of countries only when most of them are Russia. */
function hasRussia(sample: ColumnClues['sample'], column: number): boolean {
  const cells = sample.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '');
  return cells.filter((cell) => parseCountry(cell, '') === 'ru').length * 2 > cells.length;
}
