import { describe, expect, test } from 'vitest';
import type { Sample } from '../../src/columns/cell-values.ts';
import { type ColumnChoice, parseColumnChoice } from '../../src/columns/column-choice.ts';
import { resolveColumns } from '../../src/columns/resolve-columns.ts';
import type { ColumnMap, FoundColumns } from '../../src/columns/roles.ts';

function find(headers: readonly string[], sample: Sample = [], choice: ColumnChoice = {}): FoundColumns {
  return resolveColumns({ file: 'orders.csv', headers, sample, choice });
}

function resolve(headers: readonly string[], choice: ColumnChoice = {}): ColumnMap {
  return find(headers, [], choice).map;
}

describe('headers', () => {
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

describe('a header with a mark in it', () => {
  test('is named with a backslash before the mark', () => {
    expect(parseColumnChoice('postcode=Zip\\, code,address=Street\\+house+City,cod=a\\=b')).toEqual({
      postcode: ['Zip, code'],
      address: ['Street+house', 'City'],
      cod: ['a=b'],
    });
  });

  test('may hold backslashes and quotation marks of its own', () => {
    expect(parseColumnChoice('postcode=a\\b,address="x"')).toEqual({ postcode: ['a\\b'], address: ['"x"'] });
    expect(parseColumnChoice('postcode=a\\\\,address=x')).toEqual({ postcode: ['a\\'], address: ['x'] });
  });

  test('settles a role once', () => {
    expect(() => parseColumnChoice('cod=a,cod=b')).toThrow('cod is given twice');
  });
});

describe('an address over several columns', () => {
  test.each([
    ['house and flat behind the street', ['Квартира', 'Дом', 'Улица', 'Город', 'Индекс'], [2, 1, 0, 3]],
    ['both kinds of building', ['Zip', 'Street', 'House', 'Корпус', 'Строение', 'City'], [1, 2, 3, 4, 5]],
    ['further lines before the city', ['Zip', 'City', 'Address 1', 'Address 2', 'Address 3'], [2, 3, 4, 1]],
    ['the second line of an address', ['Zip', 'Address', 'Address line 2'], [1, 2]],
    ['only the whole address where its parts stand beside it', ['Zip', 'Address', 'Улица', 'Дом', 'City'], [1, 4]],
    ['only the whole address where its lines stand beside it', ['Zip', 'Full Address', 'Address 1', 'Address 2'], [1]],
    [
      'the recipient’s parts',
      ['Zip', 'Billing Address 1', 'Billing City', 'Shipping Address1', 'Shipping City'],
      [3, 4],
    ],
  ])('is joined: %s', (_, headers, address) => {
    expect(resolve(headers).address).toEqual(address);
  });

  test('has its city first where the street has no number, and might be a place of its name', () => {
    const headers = ['Zip', 'Street', 'House', 'City', 'Region'];
    const bare = [['385200', 'Ленина', '', 'Адыгейск', 'Адыгея']];
    expect(find(headers.toSpliced(2, 1), [['385200', 'Ленина', 'Адыгейск', 'Адыгея']]).map.address).toEqual([2, 1, 3]);
    expect(find(headers.toSpliced(2, 1), [['385200', 'Ленина 5', 'Адыгейск', 'Адыгея']]).map.address).toEqual([
      1, 2, 3,
    ]);
    expect(find(headers, [['385200', 'Ленина', '5', 'Адыгейск', 'Адыгея']]).map.address).toEqual([1, 2, 3, 4]);
    expect(find(headers, bare).map.address).toEqual([3, 1, 2, 4]);
  });

  test('is in its parts where the column for all of it is empty', () => {
    const sample = [['675000', '', 'Lenina', '21', 'Blagoveshchensk']];
    expect(find(['Zip', 'Address', 'Street', 'House', 'City'], sample).map.address).toEqual([2, 3, 4]);
  });
});

const PLACES = ['675000', '300041', '420111', '614990', '101000', '190000'];
/** Rows of which each cell is made from its number. */
function rows(...cells: readonly ((row: number) => string)[]): Sample {
  return Array.from({ length: 6 }, (_, row) => cells.map((cell) => cell(row)));
}
const postcode = (row: number) => PLACES[row] ?? '';
const address = (row: number) => `ул. Ленина, д. ${row + 1}, Тула`;
const empty = () => '';
const word = (row: number) => `x${row}`;

describe('two headers for one role', () => {
  test('are settled by whose they are', () => {
    const headers = ['Zip', 'Shipping Zip', 'Address', 'Recipient address'];
    expect(resolve(headers)).toMatchObject({ postcode: 1, address: [3] });
    expect(resolve(['Shipping Zip', 'Billing Zip', 'Address'])).toMatchObject({ postcode: 0 });
  });

  test('are settled by the cells where one fits and the other does not', () => {
    const found = find(['Index', 'Zip', 'Address'], rows(word, postcode, address));
    expect(found.map.postcode).toBe(1);
    expect(found.warnings.map(({ en }) => en).join()).toContain(
      '"Zip" is taken for the postcode by its cells (100 % of 6 cells',
    );
  });

  test('are settled by the cells where the recipient’s one is empty', () => {
    const headers = ['Zip', 'Shipping Zip', 'Address'];
    expect(find(headers, rows(postcode, empty, address)).map.postcode).toBe(0);
    expect(find(headers, rows(postcode, postcode, address)).map.postcode).toBe(1);
  });

  test('are not settled against the recipient’s street by somebody’s whole address', () => {
    const found = find(
      ['Address', 'Shipping Address', 'Zip'],
      rows(address, (row) => `Lenina ${row}`, postcode),
    );
    expect(found.map.address).toEqual([1]);
  });

  test.each([
    ['fit both', postcode],
    ['fit neither', word],
  ])('stay a tie where the cells %s', (_, cell) => {
    expect(() => find(['Zip', 'Индекс', 'Address'], rows(cell, cell, address))).toThrow('"Zip" and "Индекс"');
  });
});

describe('cells alone', () => {
  test('tell the postcode and the address where headers do not', () => {
    const found = find(['a', 'b', 'c'], rows(word, postcode, address));
    expect(found.map).toMatchObject({ postcode: 1, address: [2], cod: undefined });
    expect(found.reasons.get(1)).toMatchObject({ why: 'values', detail: { en: '100 % of 6 cells are postcodes' } });
    expect(found.warnings.map(({ en }) => en).join()).toMatch(
      /"b" is taken for the postcode by its cells alone.*--columns postcode=HEADER/,
    );
  });

  test('never overrule a header', () => {
    const found = find(['Index', 'b', 'Address'], rows(word, postcode, address));
    expect(found.map.postcode).toBe(0);
    expect(found.warnings.map(({ en }) => en).join()).toContain('only 0 of 6 cells are postcodes');
  });

  test.each([
    ['an order number', ['Order ID', 'Address'], postcode],
    ['a phone', ['Телефон', 'Address'], postcode],
    ['a sender’s postcode', ['Sender zip', 'Address'], postcode],
    ['numbers one after the other', ['a', 'Address'], (row: number) => String(234_567 + row)],
    ['a tax number of ten digits', ['a', 'Address'], (row: number) => `77012345${10 + row}`],
    ['six digits that no postcode begins with', ['a', 'Address'], (row: number) => String(712_345 + row * 7919)],
  ])('are not trusted with %s', (_, headers, cell) => {
    expect(() =>
      find(
        headers,
        rows(cell, (row) => `Lenina ${row}, Tula`),
      ),
    ).toThrow('no postcode column');
  });

  test('need a clear margin', () => {
    expect(() =>
      find(
        ['a', 'b', 'Address'],
        rows(postcode, (row) => postcode(5 - row), word),
      ),
    ).toThrow('no postcode');
    expect(() => find(['a', 'b', 'Zip'], rows(address, address, postcode))).toThrow('no address');
  });

  test('need three rows', () => {
    expect(() => find(['a', 'Address'], rows(postcode, word).slice(0, 2))).toThrow('no postcode column');
  });

  test('never tell an amount to be collected', () => {
    const money = () => '1 500,00 руб.';
    expect(find(['Zip', 'Address', 'x'], rows(postcode, address, money)).map.cod).toBeUndefined();
  });

  test('tell the country where most of it is Russia', () => {
    const country = (row: number) => (row === 0 ? 'KZ' : 'RU');
    expect(find(['Zip', 'Address', 'x'], rows(postcode, address, country)).map.country).toBe(2);
    expect(
      find(
        ['Zip', 'Address', 'x'],
        rows(postcode, address, () => 'CN'),
      ).map.country,
    ).toBeUndefined();
  });

  test('make nobody’s first order a header', () => {
    const headers = ['675000', 'ул. Ленина, д. 7, Благовещенск'];
    expect(() => find(headers, rows(postcode, address))).toThrow('no header line? Where it should be stands "675000"');
  });

  test('of an earlier run’s columns say nothing', () => {
    const clues = { file: 'x', headers: ['Address', 'cdek_x'], sample: rows(address, postcode), choice: {} };
    expect(() => resolveColumns({ ...clues, added: new Set([1]) })).toThrow('no postcode column');
  });
});

describe('a file without a postcode column', () => {
  const holding = (row: number) => `${postcode(row)}, ул. Ленина ${row}`;

  test('has its postcodes taken from the addresses', () => {
    const found = find(['id', 'Address'], rows(word, holding));
    expect(found.map).toEqual({ postcode: undefined, address: [1], cod: undefined, country: undefined });
    expect(found.warnings.map(({ en }) => en).join()).toContain('no postcode column');
  });

  test('is refused where fewer than half of them hold one', () => {
    const few = (row: number) => (row < 2 ? holding(row) : `ул. Ленина ${row}`);
    expect(() => find(['id', 'Address'], rows(word, few))).toThrow('no postcode column');
  });

  test('but with one of the sender says why that is not taken', () => {
    expect(() => resolve(['Billing Zip', 'Address'])).toThrow('"Billing Zip": by the header not where the parcel goes');
  });
});
