import { PRESETS, presetNamed } from '../cdek/hosts.ts';

/** Readers of option values; each throws an Error whose message completes "--option: …". */

/** A text that is not empty. */
export function text(given: string): string {
  if (given.trim() === '') throw new Error('must not be empty');
  return given;
}

/** The name of a report, which says what kind of file it is. */
export function reportFile(given: string): string {
  if (!/[^/\\]\.(?:html?|json)$/i.test(given)) throw new Error('must be named .html or .json');
  return given;
}

/** A number of at least `min`. */
export function number(bounds: { readonly min: number; readonly max?: number }): (given: string) => number {
  return (given) => {
    const parsed = Number(given);
    if (given.trim() === '' || !Number.isFinite(parsed)) throw new Error(`must be a number, not "${given}"`);
    return within(parsed, bounds);
  };
}

/** A whole number of at least `min`. */
export function integer(bounds: { readonly min: number; readonly max?: number }): (given: string) => number {
  return (given) => {
    if (!/^-?\d+$/.test(given)) throw new Error(`must be a whole number, not "${given}"`);
    return within(Number(given), bounds);
  };
}

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

/** A length of time such as `90s`, `15m`, `12h`, `30d`, `2w`, in milliseconds. */
export function duration(given: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(given) ?? [];
  const unitMs = UNIT_MS[unit];
  if (amount === undefined || unitMs === undefined)
    throw new Error(`must be a time such as 90s, 12h or 30d, not "${given}"`);
  return Number(amount) * unitMs;
}

/** An http or https address. */
export function httpUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new Error('must be an http or https address');
  if (url.username !== '' || url.password !== '') throw new Error('must not hold a user name or password');
  return given;
}

/** An http or https address, or the name of one of CDEK's hosts, for which its address stands from then on. */
export function endpointUrl(given: string): string {
  const preset = presetNamed(given);
  if (preset !== undefined) return preset.url;
  if (!URL.canParse(given)) {
    throw new Error(`must be an http or https address, or one of ${Object.keys(PRESETS).join(', ')}`);
  }
  return httpUrl(given);
}

/** A day of the calendar as YYYY-MM-DD. */
export function date(given: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(given) && new Date(`${given}T00:00:00Z`).toJSON()?.startsWith(given);
  if (!isDay) throw new Error(`must be a day such as 2018-04-01, not "${given}"`);
  return given;
}

const NAMED_DELIMITERS: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['\\t', '\t'],
  ['comma', ','],
  ['semicolon', ';'],
  ['pipe', '|'],
]);

/** The delimiter of a CSV: one character, or its name. */
export function delimiter(given: string): string {
  const mark = NAMED_DELIMITERS.get(given) ?? given;
  if (mark.length !== 1 || mark === '"' || mark === '\n' || mark === '\r') {
    throw new Error('must be one character, or tab, comma, semicolon or pipe');
  }
  return mark;
}

function within(parsed: number, { min, max }: { readonly min: number; readonly max?: number }): number {
  if (parsed < min || (max !== undefined && parsed > max)) {
    throw new Error(max === undefined ? `must be at least ${min}` : `must be from ${min} to ${max}`);
  }
  return parsed;
}
