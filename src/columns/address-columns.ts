import type { Candidates } from './candidates.ts';
import type { ColumnClues } from './clues.ts';
import { named } from './column-choice.ts';

/**
 * The columns that make up the address, in the order of joining: street, house, building, flat, further lines, city,
 * region. A street without a number might be read as a place of its name: then the city stands before it. None where
 * the headers name no address; a city alone is none. Throws GorodError BAD_COLUMNS on a tie.
 */
export function addressColumns(clues: ColumnClues, candidates: Candidates): readonly number[] {
  const { headers, choice, file } = clues;
  const chosen = (names: readonly string[]) =>
    names.map((name) => candidates.take(named(headers, name, file), 'named'));
  if (choice.address !== undefined && choice.city === undefined && choice.region === undefined) {
    return chosen(choice.address);
  }
  const base = choice.address === undefined ? streetColumns(candidates) : chosen(choice.address);
  if (base.length === 0) return [];
  const found = (role: 'city' | 'region') => {
    const names = choice[role];
    return names === undefined ? some(candidates.byHeader(role)) : chosen(names);
  };
  const isNumberless = choice.address === undefined && base.every(candidates.isNumberless);
  const joined = isNumberless ? [...found('city'), ...base] : [...base, ...found('city')];
  return [...new Set([...joined, ...found('region')])];
}

/**
 * A column of whole addresses stands for itself where the file has its street once more; else house, flat and further
 * lines beside it belong to it, as they do to a column of streets.
 */
function streetColumns(candidates: Candidates): readonly number[] {
  const { byHeader, allByHeader, isFilled } = candidates;
  const inParts = allByHeader('line1').length + allByHeader('street').length > 0;
  const whole = byHeader('address');
  if (whole !== undefined && inParts && isFilled(whole)) return [whole];
  const base = inParts ? (filledLine(candidates) ?? byHeader('street') ?? whole) : whole;
  if (base === undefined) return [];
  const parts = (['house', 'building', 'flat', 'line'] as const).flatMap(allByHeader);
  return [base, ...parts.map((column) => candidates.take(column, 'header'))];
}

/** The first of several lines, unless it is empty and there is a street beside it. */
function filledLine({ byHeader, allByHeader, isFilled }: Candidates): number | undefined {
  const line = byHeader('line1');
  return line !== undefined && (isFilled(line) || allByHeader('street').length === 0) ? line : undefined;
}

function some(column: number | undefined): readonly number[] {
  return column === undefined ? [] : [column];
}
