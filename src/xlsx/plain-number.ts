/** Excel shows, and keeps of what is typed, no more significant digits than this. */
const SIGNIFICANT_DIGITS = 15;

/**
 * A number as a workbook stores it (`1.23E+16`, `675000.0`), with all its digits and without exponent. A fraction is
 * rounded to the 15 significant digits that Excel shows; the digits of a whole number are kept. Undefined for what is
 * no number.
 */
export function plainNumber(stored: string): string | undefined {
  if (/^-?(?:0|[1-9]\d*)$/.test(stored)) return stored === '-0' ? '0' : stored;
  const plain = expanded(stored);
  if (plain === undefined || !plain.includes('.')) return plain;
  const digits = plain.replace(/^-?0*\.?0*|\./g, '').length;
  return digits <= SIGNIFICANT_DIGITS ? plain : expanded(Number(stored).toPrecision(SIGNIFICANT_DIGITS));
}

/** How many digits a plain number has behind its point. */
export function decimalsOf(plain: string): number {
  const point = plain.indexOf('.');
  return point === -1 ? 0 : plain.length - point - 1;
}

function expanded(stored: string): string | undefined {
  const [matched, sign, whole = '', fraction = '', exponent = '0'] =
    /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?\s*$/.exec(stored) ?? [];
  if (matched === undefined || whole + fraction === '') return undefined;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point < 0 ? '0'.repeat(-point) + digits : digits.padEnd(point, '0');
  const left = padded.slice(0, Math.max(point, 0)).replace(/^0+/, '') || '0';
  const right = padded.slice(Math.max(point, 0)).replace(/0+$/, '');
  const plain = right === '' ? left : `${left}.${right}`;
  return sign === '-' && plain !== '0' ? `-${plain}` : plain;
}
