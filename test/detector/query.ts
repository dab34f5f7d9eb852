import type { AddressQuery } from '../../src/address/query.ts';

/** The seed's own question, with what a test wants different. */
export function query(fields: Partial<AddressQuery> = {}): AddressQuery {
  return {
    postcode: '675000',
    address: 'Lenina 21, 2 Blagoveschensk',
    codRub: 0,
    countryCode: 'ru',
    fiasOnly: false,
    ...fields,
  };
}
