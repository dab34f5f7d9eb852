import { format, isDateFormat, tokenize } from 'numfmt';
import { decimalsOf, plainNumber } from './plain-number.ts';

type Token = ReturnType<typeof tokenize>[number];

/** Shows a number, given as the workbook stores it. */
export type ShowNumber = (stored: string) => string;

const plain: ShowNumber = (stored) => plainNumber(stored) ?? stored;

/** Days between the first days of the two calendars a workbook may count by. */
const DAYS_FROM_1900_TO_1904 = 1462;
/** How the computer that opens the file writes dates is not in the file. */
const SYSTEM_FORMAT = /^\[\$-(?:x-sys(?:date|time)|F[48]00)\]/i;
const SYSTEM_TIME = /^\[\$-(?:x-systime|F400)\]/i;

/**
 * Makes what shows numbers in a format of a workbook, such as `000000` or `dd.mm.yyyy`. Leading zeros, dates, signs and
 * currencies are shown as the format says, decimals at least as many as it says. What would change the number for a
 * reader is left out: grouping of thousands, scaling, exponents, and the rounding away of digits.
 */
export function numberFormat(code: string, date1904: boolean): ShowNumber {
  if (/^\s*(?:general|@)?\s*$/i.test(code)) return plain;
  if (isDateFormat(code)) return dateFormat(code, date1904);
  const tokens = tokenize(code);
  const sections = split(tokens).map(readSection);
  if (sections.some(({ kind }) => kind === 'unfaithful')) return plain;
  const isPercent = tokens.some(({ type }) => type === 'PERCENT');
  return (stored) => {
    const number = plainNumber(stored);
    if (number === undefined) return stored;
    const decimals = Math.max(decimalsOf(number) - (isPercent ? 2 : 0), 0);
    // Beyond these digits a number that is calculated with is no longer the one that is stored.
    if (number.replace(/\D/g, '').length > 15 || decimals > 15) return number;
    if (decimals > 0 && sections.some(({ kind }) => kind === 'mask')) return number;
    const pattern = sections.map((section) => section.pattern(decimals)).join(';');
    const shown = formatted(pattern, Number(number));
    return shown !== undefined && /\d/.test(shown) ? shown : number;
  };
}

function dateFormat(code: string, date1904: boolean): ShowNumber {
  const pattern = datePattern(code);
  return (stored) => {
    const serial = Number(stored);
    if (!Number.isFinite(serial)) return stored;
    // What no calendar of a workbook holds: shown as a number.
    return formatted(pattern, serial + (date1904 ? DAYS_FROM_1900_TO_1904 : 0)) ?? plain(stored);
  };
}

function datePattern(code: string): string {
  if (SYSTEM_TIME.test(code)) return 'h:mm:ss';
  if (SYSTEM_FORMAT.test(code)) return 'yyyy-mm-dd';
  if (!code.includes('上午/下午')) return code;
  return `[$-804]${code.replace(/^\[\$-[^\]]*\]/, '').replaceAll('上午/下午', 'AM/PM')}`;
}

function formatted(pattern: string, number: number): string | undefined {
  try {
    const shown = format(pattern, number, { dateSpanLarge: false, dateErrorThrows: true, locale: 'en' });
    return shown.replace(/^ +| +$/g, '');
  } catch {
    return undefined;
  }
}

interface Section {
  /** `mask`: digits in groups (`000-000`), for whole numbers; `unfaithful`: shows another number than is stored. */
  readonly kind: 'number' | 'mask' | 'words' | 'unfaithful';
  /** The section as it shows a number that has so many decimals. */
  readonly pattern: (decimals: number) => string;
}

const PLACEHOLDERS = new Set(['HASH', 'ZERO', 'QMARK', 'GROUP', 'POINT', 'GENERAL']);
const UNFAITHFUL = new Set(['SCALE', 'EXP', 'SLASH', 'ERROR', 'DBNUM', 'NATNUM']);

function split(tokens: readonly Token[]): Token[][] {
  const sections: Token[][] = [[]];
  for (const token of tokens) {
    if (token.type === 'BREAK') sections.push([]);
    else sections.at(-1)?.push(token);
  }
  return sections;
}

function readSection(tokens: readonly Token[]): Section {
  const isPlaceholder = (token: Token | undefined) => token !== undefined && PLACEHOLDERS.has(token.type);
  const written = tokens.map(({ raw }) => raw).join('');
  if (tokens.some(({ type }) => UNFAITHFUL.has(type))) return { kind: 'unfaithful', pattern: () => written };
  const first = tokens.findIndex(isPlaceholder);
  if (first === -1) return { kind: 'words', pattern: () => written };
  let end = first;
  while (isPlaceholder(tokens[end])) end += 1;
  if (tokens.slice(end).some(isPlaceholder)) return { kind: 'mask', pattern: () => written };
  const raw = (from: number, to?: number) => tokens.slice(from, to).map((token) => token.raw);
  const [before, after] = [raw(0, first).join(''), raw(end).join('')];
  const [whole = '', fraction = ''] = raw(first, end).join('').split('.');
  const leading = '0'.repeat(Math.max(zeros(whole), 1));
  // `"-"??` is how accounting shows nothing: the marks stand for spaces.
  const isSpace = /^\?+$/.test(whole) && fraction === '';
  return {
    kind: 'number',
    pattern(decimals) {
      if (isSpace && decimals === 0) return written;
      const shown = Math.max(zeros(fraction), decimals);
      return `${before}${leading}${shown > 0 ? `.${'0'.repeat(shown)}` : ''}${after}`;
    },
  };
}

function zeros(placeholders: string): number {
  return placeholders.split('0').length - 1;
}
