import { describe, expect, test } from 'vitest';
import { renderRowMessage } from '../../src/address/messages.ts';
import { toRowQuestion } from '../../src/address/row-question.ts';
import { judge } from '../../src/address/verdict.ts';

const DEFAULTS = { country: 'ru', fiasOnly: false };
const RULES = { limitOf: () => undefined, acceptConfidence: 0.86 };
const NOTHING = { postcode: '', address: '', cod: '', country: '' };

function asked(cells: Partial<typeof NOTHING>) {
  return toRowQuestion({ ...NOTHING, ...cells }, DEFAULTS);
}

function message(cells: Partial<typeof NOTHING>): string {
  const { query } = asked(cells);
  if (!('kind' in query)) throw new Error('it is a question');
  return renderRowMessage(query, judge(query, undefined, RULES), 'en');
}

describe('a line that may be none of an order', () => {
  test.each([
    [{ address: 'Итого' }, 'ERR_NO_POSTCODE'],
    [{ address: 'ВСЕГО: 15' }, 'ERR_NO_POSTCODE'],
    [{ address: 'Total', cod: '15000' }, 'ERR_NO_POSTCODE'],
    [{ address: '合计' }, 'ERR_NO_POSTCODE'],
    [{ postcode: 'Итого:' }, 'ERR_BAD_POSTCODE'],
    [{ postcode: 'Subtotal', cod: '10' }, 'ERR_BAD_POSTCODE'],
  ])('says so of %j, with the status it has: %s', (cells, status) => {
    expect(asked(cells).query).toEqual({ kind: 'invalid', status, defect: 'totals-line' });
    expect(message(cells)).toContain('it looks like a line of totals, not like an order. If it is no order, remove');
  });

  test('asks where it has neither postcode nor address', () => {
    expect(message({ cod: '15000' })).toBe(
      'No postcode given: no address either; perhaps a line of totals or a remark. ' +
        'If it is no order, remove the line or leave it be; else fill in postcode and address',
    );
  });

  test.each([
    [{ address: 'Тотальная ул. 5' }, undefined],
    [{ address: 'Summerova 5' }, undefined],
    [{ postcode: '6750', address: 'Lenina 1' }, 'digit-count'],
  ])('is not %j', (cells, defect) => {
    const { query } = asked(cells);
    expect('kind' in query ? query.defect : 'asked').toBe(defect);
  });

  test('is none where there is a postcode to ask', () => {
    expect(asked({ postcode: '675000', address: 'Total' }).query).not.toHaveProperty('kind');
  });
});

describe('a postcode that can be none of Russia', () => {
  test.each(['050000', '999999', '100999', '695000'])('%s is asked all the same, and told', (postcode) => {
    const { query, remark } = asked({ postcode, address: 'Abay 12' });
    expect(query).toMatchObject({ postcode });
    expect(remark).toEqual({ kind: 'not-russian', postcode });
  });

  test('but where the address has another one, that is told', () => {
    expect(asked({ postcode: '050000', address: '675000, Lenina 1' }).remark).toEqual({
      kind: 'address-has-another',
      postcode: '675000',
    });
  });

  test.each(['101000', '694999', '220030'])('%s may be one', (postcode) => {
    expect(asked({ postcode, address: 'Lenina 1' }).remark).toBeUndefined();
  });
});
