import { describe, expect, test } from 'vitest';
import { type QueryCells, toQuery } from '../../src/address/cells.ts';

const CELLS: QueryCells = {
  postcode: '675000',
  address: 'Lenina 21, 2 Blagoveschensk',
  cod: '1 500,50',
  country: 'RU',
};
const DEFAULTS = { country: 'ru', fiasOnly: false };

describe('toQuery', () => {
  test('repairs every cell and keeps the address as the file has it', () => {
    const cells = { postcode: "'675000.0", address: '  ул. ЛЕНИНА,  21 ', cod: '5 000 ₽', country: 'Россия' };
    expect(toQuery(cells, DEFAULTS)).toEqual({
      postcode: '675000',
      address: 'ул. ЛЕНИНА,  21',
      codRub: 5000,
      countryCode: 'ru',
      fiasOnly: false,
    });
  });

  test('takes no COD and no country for 0 and the default', () => {
    expect(toQuery({ ...CELLS, cod: '', country: '' }, DEFAULTS)).toMatchObject({ codRub: 0, countryCode: 'ru' });
  });

  test('hands fias_only on', () => {
    expect(toQuery(CELLS, { ...DEFAULTS, fiasOnly: true })).toMatchObject({ fiasOnly: true });
  });

  test.each([
    [{ country: 'KZ' }, { status: 'ERR_BAD_COUNTRY' }],
    [{ postcode: '' }, { status: 'ERR_NO_POSTCODE' }],
    [{ postcode: '\u00a0' }, { status: 'ERR_NO_POSTCODE' }],
    [{ postcode: '67500' }, { status: 'ERR_BAD_POSTCODE', defect: 'digit-count' }],
    [{ address: '' }, { status: 'ERR_NO_ADDRESS' }],
    [{ address: ' -, . ' }, { status: 'ERR_NO_ADDRESS' }],
    [{ cod: '1.200' }, { status: 'ERR_BAD_COD', defect: 'thousands-or-decimals' }],
    [{ cod: '100 USD' }, { status: 'ERR_BAD_COD', defect: 'not-roubles' }],
  ])('refuses %o', (cells, refusal) => {
    expect(toQuery({ ...CELLS, ...cells }, DEFAULTS)).toEqual({ kind: 'invalid', ...refusal });
  });

  test('names the first thing wrong: country, postcode, address, COD', () => {
    const wrong = { country: 'KZ', postcode: 'x', address: '', cod: 'x' };
    const refusals = [wrong, { ...wrong, country: 'RU' }, { ...wrong, country: 'RU', postcode: '675000' }];
    expect(refusals.map((cells) => toQuery(cells, DEFAULTS))).toMatchObject([
      { status: 'ERR_BAD_COUNTRY' },
      { status: 'ERR_BAD_POSTCODE' },
      { status: 'ERR_NO_ADDRESS' },
    ]);
    expect(toQuery({ ...CELLS, cod: 'x' }, DEFAULTS)).toMatchObject({ status: 'ERR_BAD_COD' });
  });

  test('refuses every row when the default is another country', () => {
    expect(toQuery({ ...CELLS, country: '' }, { ...DEFAULTS, country: 'kz' })).toMatchObject({
      status: 'ERR_BAD_COUNTRY',
    });
  });
});
