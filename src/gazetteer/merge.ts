import { kilometres } from './distance.ts';
import { type Draft, type DraftPlace, nameKey, type PlaceFacts, type Source } from './draft.ts';
import type { ImportedPlace } from './import/imported-rows.ts';
import { type Conflict, mergeFacts } from './merge-facts.ts';
import { contradiction } from './namesakes.ts';
import { createPlaceIndex, differsInCode } from './place-index.ts';

/** By what a record was found to be a place that is there already. */
export const MERGE_REASONS = ['FIAS GUID', 'KLADR', 'CDEK code', 'unique name', 'name within 5 km'] as const;
type MergeReason = (typeof MERGE_REASONS)[number];

/** A record that shares a code or a name with a place and yet was not merged with it. */
interface KeptApart {
  readonly line: number;
  readonly name: string;
  readonly reason: string;
}

/** What became of the records of one source. */
export interface MergeReport {
  readonly added: number;
  readonly merged: Readonly<Record<MergeReason, number>>;
  readonly conflicts: readonly (Conflict & { readonly line: number; readonly name: string })[];
  readonly keptApart: readonly KeptApart[];
}

const NEAR_KM = 5;

/**
 * Adds the records of one source to a draft. A record is a place that is there already when they share the FIAS GUID,
 * else the KLADR code, else CDEK's code; without a shared code when name and subject are unique on both sides or the
 * two lie within 5 km of each other, and nothing else tells the two apart. Records that differ in any of the codes are never merged. Records of one source
 * are never merged by name with each other. What an earlier source said stays.
 */
export function mergeInto(draft: Draft, source: Source, records: readonly ImportedPlace[]): MergeReport {
  const sourceId = draft.sources.push(source) - 1;
  const index = createPlaceIndex(draft.places);
  const earlier = new Set(draft.places);
  const namesakes = countNames(records);
  const merged = Object.fromEntries(MERGE_REASONS.map((reason) => [reason, 0])) as Record<MergeReason, number>;
  const conflicts: MergeReport['conflicts'][number][] = [];
  const keptApart: KeptApart[] = [];
  let added = 0;
  for (const { line, facts } of records) {
    const byCode = findByCode(index, facts);
    const found = byCode.found ?? findByName(index, facts, earlier, namesakes.get(nameKey(facts)) === 1);
    const apart = found.place === undefined ? (byCode.apart ?? found.apart) : undefined;
    if (apart !== undefined) keptApart.push({ line, name: facts.name, reason: apart });
    if (found.place === undefined) {
      const place: DraftPlace = { facts, sources: new Set([sourceId]) };
      draft.places.push(place);
      index.add(place);
      added += 1;
      continue;
    }
    merged[found.reason] += 1;
    // One place of an earlier source answers to one name of this one.
    if (byCode.found === undefined) earlier.delete(found.place);
    const result = mergeFacts(found.place.facts, facts);
    conflicts.push(...result.conflicts.map((conflict) => ({ ...conflict, line, name: facts.name })));
    found.place.facts = result.facts;
    found.place.sources.add(sourceId);
    index.add(found.place);
  }
  return { added, merged, conflicts, keptApart };
}

type Found =
  | { readonly place: DraftPlace; readonly reason: MergeReason }
  | { readonly place: undefined; readonly apart?: string };

type Index = ReturnType<typeof createPlaceIndex>;

function findByCode(index: Index, facts: PlaceFacts): { readonly found?: Found; readonly apart?: string } {
  let apart: string | undefined;
  const ways = [
    ['FIAS GUID', index.byFias(facts.fiasGuid)],
    ['KLADR', index.byKladr(facts.kladr)],
    ['CDEK code', index.byCityCode(facts.cityCode)],
  ] as const;
  for (const [reason, places] of ways) {
    for (const place of places) {
      const difference = differsInCode(place.facts, facts);
      if (difference === undefined) return { found: { place, reason } };
      apart ??= `the same ${reason} as ${place.facts.name}, but another ${difference}`;
    }
  }
  return apart === undefined ? {} : { apart };
}

function findByName(index: Index, facts: PlaceFacts, earlier: ReadonlySet<DraftPlace>, unique: boolean): Found {
  const namesakes = index.byName(nameKey(facts)).filter((place) => earlier.has(place));
  const mergeable = namesakes.filter((place) => differsInCode(place.facts, facts) === undefined);
  const near = mergeable.filter((place) => (kilometres(place.facts, facts) ?? Number.POSITIVE_INFINITY) <= NEAR_KM);
  const [nearest, ...others] = near;
  if (nearest !== undefined && others.length === 0) return { place: nearest, reason: 'name within 5 km' };
  const [only, ...rest] = namesakes;
  if (only === undefined) return { place: undefined };
  if (rest.length > 0 || !unique) return { place: undefined, apart: 'a name that several places of the subject bear' };
  const difference = contradiction(only.facts, facts);
  if (difference !== undefined) return { place: undefined, apart: `a namesake ${difference}` };
  return { place: only, reason: 'unique name' };
}

function countNames(records: readonly ImportedPlace[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { facts } of records) counts.set(nameKey(facts), (counts.get(nameKey(facts)) ?? 0) + 1);
  return counts;
}
