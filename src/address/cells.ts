import { parseCod } from './cod.ts';
import { parseCountry } from './country.ts';
import type { Invalid } from './outcome.ts';
import { parsePostcode } from './postcode.ts';
import type { AddressQuery } from './query.ts';

/** The cells of one row that make its question, as the file has them. */
export interface QueryCells {
  readonly postcode: string;
  /** All address cells, joined. */
  readonly address: string;
  readonly cod: string;
  readonly country: string;
}

/** What every row of a job has in common. */
export interface QueryDefaults {
  /** Country of rows whose country cell is empty or absent. */
  readonly country: string;
  readonly fiasOnly: boolean;
}

/** Makes a row's question, or says why the row is not worth a request. Checked in the order in which the API does. */
export function toQuery(cells: QueryCells, defaults: QueryDefaults): AddressQuery | Invalid {
  const countryCode = parseCountry(cells.country, defaults.country);
  if (countryCode !== 'ru') return { kind: 'invalid', status: 'ERR_BAD_COUNTRY' };
  const postcode = parsePostcode(cells.postcode);
  if (!postcode.ok) return { kind: 'invalid', status: 'ERR_BAD_POSTCODE', defect: postcode.defect };
  if (postcode.value === '') return { kind: 'invalid', status: 'ERR_NO_POSTCODE' };
  const address = cells.address.trim();
  if (!/[\p{L}\p{N}]/u.test(address)) return { kind: 'invalid', status: 'ERR_NO_ADDRESS' };
  const cod = parseCod(cells.cod);
  if (!cod.ok) return { kind: 'invalid', status: 'ERR_BAD_COD', defect: cod.defect };
  return { postcode: postcode.value, address, codRub: cod.value, countryCode, fiasOnly: defaults.fiasOnly };
}
