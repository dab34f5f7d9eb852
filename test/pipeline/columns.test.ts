import { describe, expect, test } from 'vitest';
import { GorodError } from '../../src/errors.ts';
import { type ColumnChoice, parseColumnChoice, resolveColumns } from '../../src/pipeline/columns.ts';
import { ROLES } from '../../src/pipeline/header-words.ts';
import { caseFile } from '../address/case-file.ts';

function resolve(headers: readonly string[], choice: ColumnChoice = {}) {
  return resolveColumns(headers, choice, 'orders.csv');
}

/** The roles that a header is taken for where the others are chosen. */
function rolesOf(header: string): readonly string[] {
  const chosen: ColumnChoice = { postcode: ['P'], address: ['A'], city: ['C'], region: ['R'] };
  return ROLES.filter((role) => {
    const { [role]: _, ...others } = chosen;
    try {
      const { postcode, address, cod, country } = resolve([header, 'P', 'A', 'C', 'R'], others);
      return { postcode, address: address[0], city: address[1], region: address[2], cod, country }[role] === 0;
    } catch (error) {
      if (error instanceof GorodError && error.message.includes('recognised')) return false;
      throw error;
    }
  });
}

describe('headers', () => {
  test.each(caseFile('headers'))('$header is taken for $role', ({ header, role }) => {
    expect(rolesOf(header ?? '').join()).toBe(role);
  });

  test.each([
    [['order', 'postcode', 'address', 'cod', 'country'], { postcode: 1, address: [2], cod: 3, country: 4 }],
    [['Адрес доставки', 'Индекс'], { postcode: 1, address: [0], cod: undefined, country: undefined }],
    [['订单号', '收件人邮编', '收件人地址', '代收货款'], { postcode: 1, address: [2], cod: 3, country: undefined }],
    [['Region', 'City', 'Street', 'ZIP', 'COD'], { postcode: 3, address: [2, 1, 0], cod: 4, country: undefined }],
  ])('%j are recognised together', (headers, columns) => {
    expect(resolve(headers)).toEqual(columns);
  });

  test('of the sender do not get in the way of those of the recipient', () => {
    const headers = ['Sender postcode', 'Sender address', 'Recipient postcode', 'Recipient address'];
    expect(resolve(headers)).toMatchObject({ postcode: 2, address: [3] });
  });
});

describe('a run is stopped before any request', () => {
  test.each([
    ['no postcode', ['Zone', 'Address'], ['no postcode column', '"Zone", "Address"', '--columns postcode=HEADER']],
    ['no address', ['Zip', 'Name'], ['no address column', '"Zip", "Name"', '--columns address=HEADER']],
    ['a city but no address', ['Zip', 'City'], ['no address column', '--columns address=HEADER']],
    [
      'a doubled postcode',
      ['Zip', 'Address', 'Zip'],
      ['"Zip" and "Zip"', 'postcode', '--columns postcode=HEADER', 'renamed'],
    ],
    ['two that may be the postcode', ['Zip', 'Индекс', 'Address'], ['"Zip" and "Индекс"', '--columns postcode=HEADER']],
    ['two that may be the address', ['Zip', 'Address', 'Адрес'], ['"Address" and "Адрес"', '--columns address=HEADER']],
    [
      'two that may be the COD',
      ['Zip', 'Address', 'COD', 'COD (RUB)'],
      ['"COD" and "COD (RUB)"', '--columns cod=HEADER'],
    ],
    ['two countries', ['Zip', 'Address', 'Country', 'Страна'], ['--columns country=HEADER']],
  ])('by %s', (_, headers, parts) => {
    expect(() => resolve(headers)).toThrow(expect.objectContaining({ code: 'BAD_COLUMNS' }));
    for (const part of ['orders.csv', ...parts]) expect(() => resolve(headers)).toThrow(part);
  });
});

describe('--columns', () => {
  test('is read as roles and headers', () => {
    expect(parseColumnChoice('postcode=zip,address=street+city,cod=amount,country=cc')).toEqual({
      postcode: ['zip'],
      address: ['street', 'city'],
      cod: ['amount'],
      country: ['cc'],
    });
    expect(parseColumnChoice(' postcode = ZIP code , cod=a=b')).toEqual({ postcode: ['ZIP code'], cod: ['a=b'] });
  });

  test.each(['', 'zip', 'postcode=', 'postcode', 'zip=postcode', 'postcode=a,,cod=b', 'constructor=a'])(
    'refuses %j, naming the roles',
    (text) => {
      expect(() => parseColumnChoice(text)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
      expect(() => parseColumnChoice(text)).toThrow('postcode, address, city, region, cod, country');
    },
  );

  test('names any header, whatever its case', () => {
    const choice = parseColumnChoice('postcode=PLZ,address=strasse+ort,cod=nachnahme,country=land');
    expect(resolve(['Ort', 'Plz', 'Land', 'Strasse', 'Nachnahme'], choice)).toEqual({
      postcode: 1,
      address: [3, 0],
      cod: 4,
      country: 2,
    });
  });

  test('settles what is ambiguous', () => {
    const headers = ['Zip', 'Index', 'Address', 'City'];
    expect(resolve(headers, parseColumnChoice('postcode=index'))).toMatchObject({ postcode: 1, address: [2, 3] });
  });

  test('takes the named address columns and no others', () => {
    const headers = ['Zip', 'Address', 'City', 'Region'];
    expect(resolve(headers, parseColumnChoice('address=Address')).address).toEqual([1]);
    expect(resolve(headers, parseColumnChoice('city=Region')).address).toEqual([1, 3]);
  });

  test.each([
    ['postcode=nope', 'BAD_COLUMNS', 'no column "nope"'],
    ['address=Address+nope', 'BAD_COLUMNS', 'no column "nope"'],
    ['cod=Twice', 'BAD_COLUMNS', 'occurs 2 times'],
    ['postcode=Zip+Index', 'BAD_OPTION', 'postcode takes one header'],
  ])('refuses %s', (text, code, message) => {
    const headers = ['Zip', 'Address', 'Twice', 'twice'];
    expect(() => resolve(headers, parseColumnChoice(text))).toThrow(expect.objectContaining({ code }));
    expect(() => resolve(headers, parseColumnChoice(text))).toThrow(message);
  });
});
