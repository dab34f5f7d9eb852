import { canonicalAddress } from '../address/key.ts';
import { parsePostcode } from '../address/postcode.ts';
import type { AddressQuery } from '../address/query.ts';
import type { Texts } from '../languages.ts';
import type { FixColumn } from '../pipeline/fix-columns.ts';
import { REFUSALS } from './refusals.ts';

/** What a person wrote into a row: the cells of the fix columns as they stand, empty where there is no such column. */
export type FixCells = Readonly<Record<FixColumn, string>>;

/** What is meant by it, before anybody was asked: a city, or another question. */
export type Fix =
  | { readonly kind: 'city'; readonly code: string }
  | { readonly kind: 'question'; readonly postcode?: string; readonly address?: string };

/** Why something is not taken, and what to do about it; without an address. */
export interface Refused {
  readonly kind: 'refused';
  readonly why: Texts;
}

/** Whether a person wrote anything at all. */
export function isFilled(cells: FixCells): boolean {
  return Object.values(cells).some((cell) => cell.trim() !== '');
}

/** Reads what was written about a question. */
export function parseFix(cells: FixCells, query: AddressQuery): Fix | Refused {
  const code = cells.fix_city_code.trim();
  const address = cells.fix_address.trim();
  const hasPostcode = cells.fix_postcode.trim() !== '';
  if (code !== '' && (address !== '' || hasPostcode)) {
    return refused(REFUSALS.cityAlone);
  }
  if (code !== '') return parseCityCode(code);
  const postcode = parsePostcode(cells.fix_postcode);
  if (!postcode.ok || (hasPostcode && postcode.value === '')) return refused(REFUSALS.badPostcode);
  const fix = {
    kind: 'question' as const,
    ...(postcode.value === '' ? {} : { postcode: postcode.value }),
    ...(address === '' ? {} : { address }),
  };
  return questionFault(fix, query) ?? fix;
}

/** What is wrong with a question that is to be asked in place of another. */
export function questionFault(
  { postcode, address }: { readonly postcode?: string; readonly address?: string },
  query: Pick<AddressQuery, 'postcode' | 'address'>,
): Refused | undefined {
  if (address !== undefined && canonicalAddress(address) === '') {
    return refused(REFUSALS.emptyAddress);
  }
  if (!/^\d{6}$/.test(postcode ?? query.postcode)) return refused(REFUSALS.noPostcode);
  const isSamePostcode = postcode === undefined || postcode === query.postcode;
  const isSameAddress = address === undefined || canonicalAddress(address) === canonicalAddress(query.address);
  return isSamePostcode && isSameAddress ? refused(REFUSALS.sameQuestion) : undefined;
}

/** A refusal with its reason. */
export function refused(why: Texts): Refused {
  return { kind: 'refused', why };
}

/** Reads a city code as spreadsheets leave it. */
function parseCityCode(cell: string): Fix | Refused {
  const [, code] = /^'?([1-9]\d*)(?:[.,]0+)?$/.exec(cell.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '')) ?? [];
  return code === undefined ? refused(REFUSALS.badCityCode) : { kind: 'city', code };
}
