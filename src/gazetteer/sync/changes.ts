import type { JsonObject, SyncedCity } from './directory.ts';

/** A city in a report, as `44 Москва (Москва)`. */
export interface ReportedCity {
  readonly code: string;
  readonly name: string;
  readonly region: string;
}

/** A field of a city that is not as it was. */
export interface ChangedField {
  readonly field: string;
  readonly before: string;
  readonly now: string;
}

/** What is not as it was at the last sync. */
export interface SyncChanges {
  readonly added: readonly ReportedCity[];
  readonly gone: readonly ReportedCity[];
  readonly changed: readonly (ReportedCity & { readonly fields: readonly ChangedField[] })[];
  readonly postcodesAdded: readonly (ReportedCity & { readonly postcode: string })[];
  readonly postcodesGone: readonly (ReportedCity & { readonly postcode: string })[];
}

/** CDEK gives cities another UUID with every dump of its list: that says nothing. */
const UNSTABLE: ReadonlySet<string> = new Set(['city_uuid']);

/** Compares two syncs. The postcodes of cities that were added or are gone are not listed one by one. */
export function compareSyncs(earlier: Iterable<SyncedCity>, now: Iterable<SyncedCity>): SyncChanges {
  const before = new Map([...earlier].map((city) => [city.key, city]));
  const added: ReportedCity[] = [];
  const changed: SyncChanges['changed'][number][] = [];
  const postcodesAdded: SyncChanges['postcodesAdded'][number][] = [];
  const postcodesGone: SyncChanges['postcodesGone'][number][] = [];
  for (const city of now) {
    const reported = toReported(city);
    const known = before.get(city.key);
    before.delete(city.key);
    if (known === undefined) {
      added.push(reported);
      continue;
    }
    const fields = changedFields(known.json, city.json);
    if (fields.length > 0) changed.push({ ...reported, fields });
    postcodesAdded.push(...without(city, known).map((postcode) => ({ ...reported, postcode })));
    postcodesGone.push(...without(known, city).map((postcode) => ({ ...reported, postcode })));
  }
  return { added, gone: [...before.values()].map(toReported), changed, postcodesAdded, postcodesGone };
}

function toReported({ code, json }: SyncedCity): ReportedCity {
  return { code: code ?? '-', name: shown(json.city), region: shown(json.region) };
}

function changedFields(before: JsonObject, now: JsonObject): readonly ChangedField[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((name) => !UNSTABLE.has(name));
  return names
    .map((field) => ({ field, before: shown(before[field]), now: shown(now[field]) }))
    .filter((field) => field.before !== field.now);
}

function without(city: SyncedCity, other: SyncedCity): readonly string[] {
  const others = new Set(other.postcodes);
  return (city.postcodes ?? []).filter((postcode) => !others.has(postcode));
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
