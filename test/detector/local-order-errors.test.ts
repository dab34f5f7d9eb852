import { expect, test } from 'vitest';
import { orderError } from '../../src/address/order-error.ts';
import { ask, detectorOver } from './local-gazetteer.ts';

const PLACES = `city_code,city_name,region,region_code_ext,settlement_type,sub_region,fias_guid,payment_limit,postcodes
501,Ивановка,Амурская,28,с,Ивановский,,,675123
502,Ивановка,Амурская,28,с,Зейский,,,675123
503,Берёзовка,Амурская,28,с,Ивановский,,,675124
,Анновка,Амурская,28,с,Ивановский,,,675124
`;

function foretold(postcode: string, address: string): string {
  const answer = ask(detectorOver(PLACES), postcode, address);
  return `${answer.detection.status_code} ${orderError(answer, answer.detection.status_code, false)}`;
}

test('a postcode of several cities that the address does not tell apart is foretold, namesakes too', () => {
  expect(foretold('675123', 'Ivanovka, Lenina 5')).toBe('ERR_MANY_CITIES_IN_ADDRESS ERR_RECCITYPOSTCODE_DUBL');
  expect(foretold('675123', 'Lenina 5')).toBe('ERR_NOT_DETECT_CITY_IN_ADDRESS ERR_RECCITYPOSTCODE_DUBL');
  expect(foretold('675123', 'Ivanovka, Zeysky rayon, Lenina 5')).toBe('OK ');
});

test('a gazetteer that knows one code, none, or not the postcode foretells nothing', () => {
  expect(foretold('675124', 'Lenina 5')).toBe('ERR_NOT_DETECT_CITY_IN_ADDRESS ');
  expect(foretold('675124', 'Annovka, Lenina 5')).toBe('ERR_CDEK_HAS_NO_FIAS_GUID ');
  expect(foretold('999999', 'Ivanovka, Lenina 5')).toBe('ERR_NOT_DETECT_CITY_IN_ADDRESS ');
});
