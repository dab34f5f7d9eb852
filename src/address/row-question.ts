import { type QueryCells, type QueryDefaults, toQuery } from './cells.ts';
import type { Invalid, PostcodeRemark } from './outcome.ts';
import { parsePostcode } from './postcode.ts';
import { isRussianPostcode, postcodesInAddress } from './postcode-in-address.ts';
import type { AddressQuery } from './query.ts';

/** A row's question, with what has to be said about its postcode. */
export interface RowQuestion {
  readonly query: AddressQuery | Invalid;
  readonly remark?: PostcodeRemark;
  /** Whether something is owed of which the row does not say that it is collected on delivery. */
  readonly isUnpaid?: boolean;
}

/** Makes the question of a row of a file, with what has to be said about the row. */
export function toRowQuestion(cells: QueryCells, defaults: QueryDefaults): RowQuestion {
  const question = withPostcode(cells, defaults);
  return cells.isUnpaid === true ? { ...question, isUnpaid: true } : question;
}

/**
 * Makes the question of a row of a file. Beyond `toQuery`, a missing postcode is taken from the address where exactly
 * one stands there; where the address holds another one than the cell, the cell's is asked and the other is told.
 */
function withPostcode(cells: QueryCells, defaults: QueryDefaults): RowQuestion {
  const postcode = parsePostcode(cells.postcode);
  if (!postcode.ok) return { query: toQuery(cells, defaults) };
  const inAddress = postcodesInAddress(cells.address);
  const [first] = inAddress;
  if (first === undefined || inAddress.includes(postcode.value)) {
    const query = toQuery(cells, defaults);
    const isForeign = postcode.value !== '' && !isRussianPostcode(postcode.value);
    return isForeign ? { query, remark: { kind: 'not-russian', postcode: postcode.value } } : { query };
  }
  if (postcode.value !== '') {
    return { query: toQuery(cells, defaults), remark: { kind: 'address-has-another', postcode: first } };
  }
  if (inAddress.length > 1) return { query: toQuery(cells, defaults) };
  return {
    query: toQuery({ ...cells, postcode: first }, defaults),
    remark: { kind: 'taken-from-address', postcode: first },
  };
}
