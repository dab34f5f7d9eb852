import { describe, expect, test } from 'vitest';
import { parseColumnChoice } from '../../src/columns/column-choice.ts';
import { describeColumns, explainColumns } from '../../src/columns/describe.ts';
import { findColumns } from '../../src/columns/find-columns.ts';

const ADDRESS = ['675000', 'ул. Ленина, д. 7, Благовещенск'];

/** The columns of a file with postcode, address and one or two more. */
function find(more: readonly string[], cells: readonly (readonly string[])[], choice = '') {
  const headers = ['Zip', 'Address', ...more];
  const sample = cells.map((row) => [...ADDRESS, ...row]);
  const found = findColumns({
    file: 'x.csv',
    headers,
    sample,
    choice: choice === '' ? {} : parseColumnChoice(choice),
  });
  return {
    cod: found.map.cod,
    line: describeColumns(found, headers).en,
    explained: explainColumns(found, headers).map(({ role, columns }) => `${role.en} ${columns.en}`),
    warnings: found.warnings.map(({ en }) => en),
  };
}

const AMOUNTS = [['500000'], ['1 200,50 руб.'], ['']];

describe('a header that means an amount to be collected', () => {
  test.each(['COD金额', 'Сумма COD', 'Наложка, руб', 'Сумма НП', '到付金额', 'К оплате получателем'])(
    '%s is taken',
    (header) => {
      const { cod, line, warnings } = find([header], AMOUNTS);
      expect(cod).toBe(2);
      expect(line).toContain(`COD "${header}"`);
      expect(warnings).toEqual([]);
    },
  );
});

describe.each(['货到付款', '代收', 'Оплата при получении', 'Payment on delivery'])('%s', (header) => {
  test('is taken where its cells are amounts, and that is said', () => {
    const { cod, warnings } = find([header], AMOUNTS);
    expect(cod).toBe(2);
    expect(warnings).toEqual([
      `"${header}" is taken for the COD by its cells (100 % of 2 cells are amounts in roubles)`,
    ]);
  });

  test.each([
    ['yes or no', [['是'], ['否'], ['да']]],
    ['flags', [['1'], ['0'], ['1']]],
    ['ways of payment', [['картой'], ['наличными'], ['картой']]],
    ['amounts in but half of the cells', [['5000'], ['нет'], ['6000'], ['нет']]],
  ])('is not taken where its cells are %s, and that is said', (_, cells) => {
    const { cod, warnings } = find([header], cells);
    expect(cod).toBeUndefined();
    expect(warnings).toEqual([
      `no COD column is taken, so all rows count as prepaid, though the file seems to speak of COD ("${header}"); ` +
        'name the column with the amounts: --columns cod=HEADER',
    ]);
  });

  test('does not stand against a header that is sure', () => {
    expect(find([header, 'COD'], [['5000', '5000']]).cod).toBe(3);
    expect(find(['COD金额', header], [['5000', '是']]).cod).toBe(2);
  });

  test('is not taken without a row to tell', () => {
    expect(find([header], []).cod).toBeUndefined();
  });
});

test('of two columns that may both be collected none is taken', () => {
  const { cod, warnings } = find(['代收', '货到付款'], [['5000', '6000']]);
  expect(cod).toBeUndefined();
  expect(warnings.join()).toContain('("代收", "货到付款")');
});

describe('where no COD column is taken', () => {
  test('all rows count as prepaid, and that is said', () => {
    const told = 'COD none: all rows count as prepaid; if they are not, say --columns cod=HEADER';
    const { line, explained, warnings } = find(['Name'], [['Ivan']]);
    expect(line).toBe(`postcode "Zip", address "Address", ${told}`);
    expect(explained.at(-1)).toBe(told);
    expect(warnings).toEqual([]);
  });

  test.each(['Total', 'Сумма', '金额', '应收金额', '收款金额', 'Order amount', 'Цена, руб.'])(
    'a column of money, %s, is named beside that',
    (header) => {
      const { cod, line, warnings } = find([header], AMOUNTS);
      expect(cod).toBeUndefined();
      expect(line).toContain(
        `COD none: all rows count as prepaid; if "${header}" is to be collected on delivery, say --columns cod=HEADER`,
      );
      expect(warnings).toEqual([]);
    },
  );

  test.each(['Shipping price', 'Стоимость доставки', '运费金额', 'Скидка, сумма', 'Weight', 'Phone', 'cdek_region'])(
    '%s is not',
    (header) => {
      const { line, warnings } = find([header], AMOUNTS);
      expect(line).toContain('COD none: all rows count as prepaid; if they are not');
      expect(warnings).toEqual([]);
    },
  );

  test.each(['Сумма к получению', 'Взыскать с покупателя', 'Sender COD', 'COD待收', 'Amount to collect from buyer'])(
    '%s is warned of, which speaks of a collection',
    (header) => {
      const { cod, line, warnings } = find([header, 'Total'], [['5000', '6000']]);
      expect(cod).toBeUndefined();
      expect(warnings.join()).toContain(
        `all rows count as prepaid, though the file seems to speak of COD ("${header}", "Total")`,
      );
      expect(line).toContain('COD none: all rows count as prepaid; if they are not');
    },
  );

  test('ways of payment that say so are warned of', () => {
    expect(find(['Способ оплаты'], [['Наложенный платёж'], ['Картой']]).warnings.join()).toContain('("Способ оплаты")');
    expect(find(['Payment method'], [['card'], ['not COD']]).warnings).toEqual([]);
  });

  test('an empty column speaks for nothing', () => {
    expect(find(['Сумма к получению'], [[''], ['']]).warnings).toEqual([]);
  });

  test('and the user names one, nothing more is said', () => {
    const { cod, line, warnings } = find(['Сумма к получению'], [['5000']], 'cod=Сумма к получению');
    expect(cod).toBe(2);
    expect(line).toContain('COD "Сумма к получению"');
    expect(warnings).toEqual([]);
  });
});
