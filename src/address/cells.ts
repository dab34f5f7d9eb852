import { parseCod } from './cod.ts';
import { parseCountry } from './country.ts';
import type { Defect, Invalid } from './outcome.ts';
import { statedPostcode } from './override.ts';
import { parsePostcode } from './postcode.ts';
import type { AddressQuery } from './query.ts';

/** The cells of one row that make its question, as the file has them. */
export interface QueryCells {
  readonly postcode: string;
  /** All address cells, joined. */
  readonly address: string;
  readonly cod: string;
  /** What is wrong with the amount where that is known already; `cod` is not read then. */
  readonly codDefect?: Defect | undefined;
  /** Whether something is still owed of which nobody says that it is collected on delivery. */
  readonly isUnpaid?: boolean;
  readonly country: string;
}

/** What every row of a job has in common. */
export interface QueryDefaults {
  /** Country of rows whose country cell is empty or absent. */
  readonly country: string;
  readonly fiasOnly: boolean;
  /**
   * Whether a person has settled a question that cannot be asked for its postcode, which is then the cell as it stands.
   * Absent where nobody has settled anything.
   */
  readonly isSettled?: ((query: AddressQuery) => boolean) | undefined;
}

/** Makes a row's question, or says why the row is not worth a request. Checked in the order in which the API does. */
export function toQuery(cells: QueryCells, defaults: QueryDefaults): AddressQuery | Invalid {
  const countryCode = parseCountry(cells.country, defaults.country);
  if (countryCode !== 'ru') return { kind: 'invalid', status: 'ERR_BAD_COUNTRY' };
  const stated = parsePostcode(cells.postcode);
  const address = cells.address.trim();
  const hasAddress = /[\p{L}\p{N}]/u.test(address);
  const { fiasOnly } = defaults;
  const isSettled = (postcode: string) =>
    hasAddress && defaults.isSettled?.({ address, codRub: 0, countryCode, fiasOnly, postcode }) === true;
  const postcode = stated.ok && stated.value !== '' ? stated.value : statedPostcode(cells.postcode);
  if (!stated.ok && !isSettled(postcode)) return { kind: 'invalid', status: 'ERR_BAD_POSTCODE', defect: stated.defect };
  if (stated.ok && stated.value === '' && !isSettled(postcode)) return { kind: 'invalid', status: 'ERR_NO_POSTCODE' };
  if (!hasAddress) return { kind: 'invalid', status: 'ERR_NO_ADDRESS' };
  if (cells.codDefect !== undefined) return { kind: 'invalid', status: 'ERR_BAD_COD', defect: cells.codDefect };
  const cod = parseCod(cells.cod);
  if (!cod.ok) return { kind: 'invalid', status: 'ERR_BAD_COD', defect: cod.defect };
  return { address, codRub: cod.value, countryCode, fiasOnly, postcode };
}
