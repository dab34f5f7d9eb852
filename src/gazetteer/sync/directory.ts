/** Where a sync reads CDEK's cities from. Its promises reject with what ends the sync. */
export interface Directory {
  /** Cities of Russia as API v2 writes them; undefined where it has no such page. */
  cities(page: number, size: number): Promise<readonly unknown[] | undefined>;
  /** The city of a code as it is now, in a list; empty where there is none any more. */
  city(code: string): Promise<readonly unknown[]>;
  /** The postcodes of a city; undefined where there is no such city any more. */
  postcodes(code: string): Promise<readonly string[] | undefined>;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** A city as it was read, with its postcodes once they are known. */
export interface SyncedCity {
  /** CDEK's code; for a city without one, what else tells it from others. */
  readonly key: string;
  readonly code: string | undefined;
  readonly json: JsonObject;
  /** Undefined as long as they have not been asked. */
  readonly postcodes: readonly string[] | undefined;
}

/**
 * A city in an element of a page; undefined for what is none. Postcodes that the element brings along are taken; a city
 * without a code can be asked for none.
 */
export function toSyncedCity(element: unknown): SyncedCity | undefined {
  if (!isObject(element)) return undefined;
  const { postal_codes, ...json } = element;
  const code = codeOf(json.code);
  const brought = Array.isArray(postal_codes) && postal_codes.length > 0 ? texts(postal_codes) : undefined;
  const key = code ?? `? ${[json.region, json.sub_region, json.city, json.kladr_code, json.fias_guid].join(' ')}`;
  return { key, code, json, postcodes: brought ?? (code === undefined ? [] : undefined) };
}

/** The texts in a list, numbers as texts, in order and without repetitions. */
export function texts(list: readonly unknown[]): readonly string[] {
  const written = list.filter((item) => typeof item === 'string' || typeof item === 'number').map(String);
  return [...new Set(written)].sort();
}

function codeOf(code: unknown): string | undefined {
  const text = typeof code === 'number' || typeof code === 'string' ? String(code).trim() : '';
  return /^\d+$/.test(text) ? text : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
