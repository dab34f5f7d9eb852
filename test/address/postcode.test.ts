import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePostcode } from '../../src/address/postcode.ts';
import { caseFile } from './case-file.ts';

describe('parsePostcode', () => {
  test.each(caseFile('postcode-cells'))('reads the cell $cell as $postcode $defect', ({ cell, postcode, defect }) => {
    expect(parsePostcode(cell ?? '')).toEqual(defect === '' ? { ok: true, value: postcode } : { ok: false, defect });
  });

  const digits = fc.stringMatching(/^[0-9]{6}$/);

  test('repairs what spreadsheets and shops put around any six digits', () => {
    const before = fc.constantFrom('', ' ', "'", '\u00a0', 'RU-', 'RU ', 'индекс ', '="', '\ufeff');
    const behind = fc.constantFrom('', ' ', '\u00a0', '.0', '.00', '"', '\u200b', ',');
    fc.assert(
      fc.property(digits, before, behind, (postcode, prefix, suffix) => {
        expect(parsePostcode(prefix + postcode + suffix)).toEqual({ ok: true, value: postcode });
      }),
    );
  });

  test('gives six digits, nothing at all, or a defect for any cell', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (cell) => {
        const parsed = parsePostcode(cell);
        if (parsed.ok) expect(parsed.value).toMatch(/^(?:[0-9]{6})?$/);
        else expect(['digit-count', 'scientific-notation', 'not-six-digits']).toContain(parsed.defect);
      }),
    );
  });

  test('never makes up or drops a digit', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 .,-\'"') }), (cell) => {
        const parsed = parsePostcode(cell);
        if (parsed.ok) expect(cell.replace(/\.0*[^0-9]*$/, '').replace(/[^0-9]/g, '')).toBe(parsed.value);
      }),
    );
  });
});
