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
  const question = ofOrder(withPostcode(cells, defaults), cells);
  return cells.isUnpaid === true ? { ...question, isUnpaid: true } : question;
}

/** A line of totals, in the languages of exports: the word alone or before a figure. */
const TOTALS = /^(?:итого|всего|сумма|total|totals|subtotal|grand total|sum|合计|总计|共计|小计)(?![\p{L}])/iu;

/** A row without a postcode may be none of an order: files end with totals and remarks. Its status is the same. */
function ofOrder(question: RowQuestion, { postcode, address }: QueryCells): RowQuestion {
  const { query } = question;
  if (!('kind' in query) || (query.status !== 'ERR_NO_POSTCODE' && query.status !== 'ERR_BAD_POSTCODE'))
    return question;
  if ([postcode, address].some((cell) => TOTALS.test(cell.trim()))) {
    return { ...question, query: { ...query, defect: 'totals-line' } };
  }
  const isEmpty = query.status === 'ERR_NO_POSTCODE' && !/[\p{L}\p{N}]/u.test(address);
  return isEmpty ? { ...question, query: { ...query, defect: 'no-order' } } : question;
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
