import { PRESETS, presetNamed } from '../cdek/hosts.ts';
import { Misfit } from '../errors.ts';
import { VALUE_TEXTS } from './texts.ts';

/** Readers of option values; each throws a Misfit that completes "--option: …". */

/** A text that is not empty. */
export function text(given: string): string {
  if (given.trim() === '') throw new Misfit(VALUE_TEXTS.empty);
  return given;
}

/** The name of a report, which says what kind of file it is. */
export function reportFile(given: string): string {
  if (!/[^/\\]\.(?:html?|json)$/i.test(given)) throw new Misfit(VALUE_TEXTS.reportName);
  return given;
}

/** A number of at least `min`. */
export function number(bounds: { readonly min: number; readonly max?: number }): (given: string) => number {
  return (given) => {
    const parsed = Number(given);
    if (given.trim() === '' || !Number.isFinite(parsed)) throw new Misfit(VALUE_TEXTS.number(given));
    return within(parsed, bounds);
  };
}

/** A whole number of at least `min`. */
export function integer(bounds: { readonly min: number; readonly max?: number }): (given: string) => number {
  return (given) => {
    if (!/^-?\d+$/.test(given)) throw new Misfit(VALUE_TEXTS.integer(given));
    return within(Number(given), bounds);
  };
}

/** A share such as `1%` or `99.5%`, from 0 to 1. */
export function share(given: string): number {
  const [, percent] = /^(\d+(?:\.\d+)?)\s*%$/.exec(given.trim()) ?? [];
  if (percent === undefined || Number(percent) > 100) {
    throw new Error(`must be a share from 0% to 100%, such as 1%, not "${given}"`);
  }
  return Number(percent) / 100;
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
  if (amount === undefined || unitMs === undefined) throw new Misfit(VALUE_TEXTS.duration(given));
  return Number(amount) * unitMs;
}

/** An http or https address. */
export function httpUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new Misfit(VALUE_TEXTS.url);
  if (url.username !== '' || url.password !== '') throw new Misfit(VALUE_TEXTS.userInUrl);
  return given;
}

/** An http or https address, or the name of one of CDEK's hosts, for which its address stands from then on. */
export function endpointUrl(given: string): string {
  const preset = presetNamed(given);
  if (preset !== undefined) return preset.url;
  if (!URL.canParse(given)) {
    throw new Misfit(VALUE_TEXTS.urlOrName(Object.keys(PRESETS).join(', ')));
  }
  return httpUrl(given);
}

/** A day of the calendar as YYYY-MM-DD. */
export function date(given: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(given) && new Date(`${given}T00:00:00Z`).toJSON()?.startsWith(given);
  if (!isDay) throw new Misfit(VALUE_TEXTS.day(given));
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
    throw new Misfit(VALUE_TEXTS.delimiter);
  }
  return mark;
}

function within(parsed: number, { min, max }: { readonly min: number; readonly max?: number }): number {
  if (parsed < min || (max !== undefined && parsed > max)) {
    throw new Misfit(max === undefined ? VALUE_TEXTS.atLeast(min) : VALUE_TEXTS.within(min, max));
  }
  return parsed;
}
