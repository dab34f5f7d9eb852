/** Readers of what CDEK's bodies hold. A field that is missing, blank or of the wrong type is undefined. */

export type JsonObject = { readonly [name: string]: unknown };

/** Parses a body; `unusable` says why it is no JSON in a few words and never quotes it. */
export function parseJson(body: string): { readonly json: unknown } | { readonly unusable: string } {
  if (body.trim() === '') return { unusable: 'body is empty' };
  try {
    // trim also takes a byte order mark away.
    return { json: JSON.parse(body.trim()) };
  } catch {
    return { unusable: 'body is not JSON' };
  }
}

/** Whether a parsed JSON value is an object. */
export function isObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Only what the body itself says: an inherited name is no field. */
export function own(json: JsonObject, name: string): unknown {
  return Object.hasOwn(json, name) ? json[name] : undefined;
}

/** A text that is not blank, without the space around it. */
export function text(json: JsonObject, name: string): string | undefined {
  const value = own(json, name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/**
 * A code is a string of digits in the seed's sample and a number in other answers of CDEK. As a number it has lost its
 * leading zeros: for CDEK's own codes there is no fixed length.
 */
export function code(json: JsonObject, name: string): string | undefined {
  const value = own(json, name);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  return text(json, name);
}

/** A number, also where it is written as a text. */
function number(json: JsonObject, name: string): number | undefined {
  const value = own(json, name);
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

/** A number from -`bound` to `bound`. */
export function within(json: JsonObject, name: string, bound: number): number | undefined {
  const value = number(json, name);
  return value !== undefined && Math.abs(value) <= bound ? value : undefined;
}

/**
 * A KLADR code: 13 digits, of which the last two may be left out. As a number it has lost the zero in front; no subject
 * has the number 00.
 */
export function kladr(json: JsonObject, name: string): string | undefined {
  const written = code(json, name);
  if (written === undefined || !/^\d{10,12}$/.test(written)) return written;
  return written.length === 12 ? `0${written}` : `${written.padStart(11, '0')}00`;
}

/**
 * A payment limit in roubles. -1 is the only negative one with a meaning; any other is better not known than taken for
 * "no limit".
 */
export function limit(json: JsonObject, name: string): number | undefined {
  const value = number(json, name);
  return value !== undefined && (value === -1 || value >= 0) ? value : undefined;
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without its undefined fields. */
export function present<T extends object>(fields: T): Present<T> {
  const left: Partial<T> = {};
  for (const name in fields) if (fields[name] !== undefined) left[name] = fields[name];
  return left as object as Present<T>;
}
