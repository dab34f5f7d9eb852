import { postcodesInAddress } from '../address/postcode-in-address.ts';
import { GorodError } from '../errors.ts';
import type { Texts } from '../languages.ts';
import { addressColumns } from './address-columns.ts';
import { type Candidates, openCandidates } from './candidates.ts';
import { fitOf, type Sample } from './cell-values.ts';
import type { ColumnClues } from './clues.ts';
import { named } from './column-choice.ts';
import { columnName, list, some } from './quote-headers.ts';
import type { ColumnMap, FoundColumns, Reason, Role } from './roles.ts';
import { COLUMN_TEXTS, ROLE_TEXTS } from './texts.ts';
import { findUntakenCod } from './untaken-cod.ts';

/**
 * Finds the columns: by `choice`, else by their headers, where those leave it open by their cells, and last by the
 * cells alone. Throws GorodError BAD_COLUMNS when one is missing, doubled or ambiguous, naming the headers found and
 * the flag that settles it.
 */
export function resolveColumns(clues: ColumnClues): FoundColumns {
  const { file, headers, choice } = clues;
  const reasons = new Map<number, Reason>();
  const warnings: Texts[] = [];
  const candidates = openCandidates(clues, reasons, warnings);
  const single = (role: 'postcode' | 'cod' | 'country'): number | undefined => {
    const chosen = choice[role];
    if (chosen === undefined) return candidates.byHeader(role);
    if (chosen.length !== 1) throw new GorodError('BAD_OPTION', COLUMN_TEXTS.oneHeader(role));
    return candidates.take(named(headers, chosen[0] ?? '', file), 'named');
  };
  let postcode = single('postcode');
  const cod = single('cod') ?? candidates.byAmounts();
  let country = single('country');
  let address = addressColumns(clues, candidates);
  // Only now, when the headers have said what they can, may cells speak for what is left.
  postcode ??= candidates.byValues('postcode');
  if (address.length === 0) address = lone(candidates.byValues('address'));
  if (address.length === 0) throw missing(clues, postcode === undefined ? 'postcode' : 'address', candidates);
  country ??= candidates.byValues('country');
  if (postcode === undefined) {
    if (!mostlyHoldPostcode(clues.sample, address)) throw missing(clues, 'postcode', candidates);
    warnings.push(COLUMN_TEXTS.noPostcodeColumn);
  }
  const map: ColumnMap = { postcode, address, cod, country };
  warnings.push(...doubtfulHeaders(clues, map, reasons));
  if (cod !== undefined) return { map, reasons, warnings };
  const { columns, isLikely } = findUntakenCod(clues, reasons);
  if (!isLikely) return { map, reasons, warnings, perhapsCod: columns };
  const names = some(
    columns.map((column) => columnName(headers, column)),
    ', ',
  );
  return { map, reasons, warnings: [...warnings, COLUMN_TEXTS.untakenCod(names)] };
}

function lone(column: number | undefined): readonly number[] {
  return column === undefined ? [] : [column];
}

/** Whether a file without a postcode column has the postcodes in its addresses. */
function mostlyHoldPostcode(sample: Sample, address: readonly number[]): boolean {
  const addresses = sample.map((row) => address.map((column) => row[column] ?? '').join(', '));
  const filled = addresses.filter((text) => /[\p{L}\p{N}]/u.test(text));
  const holding = filled.filter((text) => postcodesInAddress(text).length === 1);
  return filled.length > 0 && holding.length * 2 >= filled.length;
}

/** Under this share of cells that fit, a column is taken by its header all the same, but the user is told. */
const DOUBTFUL_SHARE = 0.2;
const ENOUGH_CELLS = 5;

function doubtfulHeaders(
  { sample, headers }: ColumnClues,
  map: ColumnMap,
  reasons: ReadonlyMap<number, Reason>,
): readonly Texts[] {
  return (['postcode', 'cod', 'country'] as const).flatMap((role) => {
    const column = map[role];
    if (column === undefined || reasons.get(column)?.why !== 'header') return [];
    const { filled, share } = fitOf(sample, column, role);
    if (filled < ENOUGH_CELLS || share >= DOUBTFUL_SHARE) return [];
    const fitting = Math.round(share * filled);
    return [COLUMN_TEXTS.doubtfulHeader(columnName(headers, column), role, { fitting, filled, kind: role })];
  });
}

function missing(
  { file, headers }: ColumnClues,
  role: Extract<Role, 'postcode' | 'address'>,
  candidates: Candidates,
): GorodError {
  const others = candidates.ofSomeoneElse(role).map((column) => columnName(headers, column));
  const text =
    others.length === 0
      ? COLUMN_TEXTS.missing(file, ROLE_TEXTS[role], list(headers), role)
      : COLUMN_TEXTS.missingButOthers(file, ROLE_TEXTS[role], some(others, ', '), list(headers), role);
  return new GorodError('BAD_COLUMNS', text);
}
