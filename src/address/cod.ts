import type { Defect } from './outcome.ts';
import type { Parsed } from './postcode.ts';

const ROUBLES = '(?:рублей|рубля|рубль|руб\\.?|р\\.?|₽|ro?ubles?|rub\\.?|rur|卢布)';
const BEFORE = new RegExp(`^${ROUBLES}`, 'iu');
const BEHIND = new RegExp(`${ROUBLES}$`, 'iu');
/** Spaces of every width, apostrophes, and marks without a width that copying leaves behind. */
const SPACES = /[\s\p{Cf}'’]/gu;

/**
 * Reads a cash-on-delivery cell into roubles. An empty cell is 0. Spaces and NBSP group thousands; of two different
 * separators the last is the decimal one; a comma before exactly three final digits groups thousands. `1.200` may be
 * either, and another currency is no roubles: both are refused rather than guessed.
 */
export function parseCod(cell: string): Parsed<number> {
  if (cell === '') return { ok: true, value: 0 };
  const cleaned = cell.normalize('NFKC').replace(SPACES, '');
  if (cleaned === '') return { ok: true, value: 0 };
  const text = cleaned.replace(BEFORE, '').replace(BEHIND, '');
  if (text === '') return refuse('amount-missing');
  if (/^\d+$/.test(text)) return amount(text);
  if (!/^[0-9.,]+$/.test(text)) return refuse(/^-\d/.test(text) ? 'negative' : 'not-roubles');
  return separated(text);
}

function separated(text: string): Parsed<number> {
  const comma = text.lastIndexOf(',');
  const dot = text.lastIndexOf('.');
  if (comma >= 0 && dot >= 0) {
    const [decimal, thousands] = comma > dot ? [',', '.'] : ['.', ','];
    return grouped(text, thousands, decimal);
  }
  const mark = comma >= 0 ? ',' : '.';
  if (text.indexOf(mark) !== text.lastIndexOf(mark)) return grouped(text, mark, undefined);
  if (mark === ',' && /^\d+,\d{3}$/.test(text)) return amount(text.replace(',', ''));
  if (mark === '.' && /^\d{1,3}\.\d{3}$/.test(text)) return refuse('thousands-or-decimals');
  return /^\d+[.,]\d*$|^[.,]\d+$/.test(text) ? amount(text.replace(mark, '.')) : refuse('not-roubles');
}

function grouped(text: string, thousands: string, decimal: string | undefined): Parsed<number> {
  const [whole = '', fraction, ...more] = decimal === undefined ? [text] : text.split(decimal);
  const groups = whole.split(thousands);
  const wellFormed =
    more.length === 0 &&
    /^\d{1,3}$/.test(groups[0] ?? '') &&
    groups.slice(1).every((group) => /^\d{3}$/.test(group)) &&
    /^\d*$/.test(fraction ?? '');
  if (!wellFormed) return refuse('not-roubles');
  return amount(`${groups.join('')}${fraction ? `.${fraction}` : ''}`);
}

function amount(text: string): Parsed<number> {
  const value = Number(text);
  return Number.isFinite(value) && value <= Number.MAX_SAFE_INTEGER ? { ok: true, value } : refuse('not-roubles');
}

function refuse(defect: Defect): Parsed<number> {
  return { ok: false, defect };
}
