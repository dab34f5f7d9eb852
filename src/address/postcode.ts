import type { Defect } from './outcome.ts';

/** A cell either gives a value or says what is wrong with it. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly defect: Defect };

const SIX_DIGITS = /^[0-9]{6}$/;
const POSTCODE_WORDS = /(?:почтовый\s+)?индекс|postal\s*code|post\s*code|postcode|zip(?:\s*code)?|邮编|邮政编码/giu;
/** Marks without a width, which copying from chats and spreadsheets leaves behind. */
const INVISIBLE = /\p{Cf}/gu;
const COUNTRY_PREFIX = /^(?:RU|RUS|РФ)(?![\p{L}])[\s-]*/iu;

/**
 * Reads a postcode cell as spreadsheets and shops leave it: spaces, NBSP, full-width digits, `675000.0`, a leading
 * apostrophe, `RU-` or a word for "postcode" before it. `value` is '' for an empty cell, else six digits.
 */
export function parsePostcode(cell: string): Parsed<string> {
  if (SIX_DIGITS.test(cell)) return { ok: true, value: cell };
  const text = cell
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(POSTCODE_WORDS, ' ')
    .replace(/^[\s'"‘’`=:.,#№-]+/u, '')
    .replace(COUNTRY_PREFIX, '')
    .replace(/[\s'"’:,]+/gu, '')
    .replace(/\.0*$/, '');
  if (text === '') return { ok: true, value: '' };
  if (SIX_DIGITS.test(text)) return { ok: true, value: text };
  return { ok: false, defect: defectOf(text) };
}

function defectOf(text: string): Defect {
  if (/^[0-9]+$/.test(text)) return 'digit-count';
  if (/^[0-9.,]+e\+?[0-9]+$/i.test(text)) return 'scientific-notation';
  return 'not-six-digits';
}
