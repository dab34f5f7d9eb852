import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { kilometres } from '../../src/gazetteer/distance.ts';
import type { CandidateSet, Gazetteer } from '../../src/gazetteer/gazetteer.ts';
import type { EvalCase } from './score.ts';

const NEAR_KM = 20;

/**
 * UN/LOCODE names no postcodes but coordinates: every place within 20 km of an entry counts as a candidate of a made-up
 * postcode. Entries without coordinates or with nothing near them are left out.
 */
export function unlocodeSet(folder: string, gazetteer: Gazetteer, postcodes: readonly string[]) {
  const places = [...new Set(postcodes.flatMap((postcode) => gazetteer.candidates(postcode).around))];
  const sets = new Map<string, CandidateSet>();
  const cases: EvalCase[] = [];
  const rows: readonly string[][] = parse(readFileSync(join(folder, 'eval-unlocode-ru.csv')), {
    relax_column_count: true,
    relax_quotes: true,
  });
  for (const row of rows) {
    const [latitude, longitude] = coordinates(row[10] ?? '');
    const name = (row[3] ?? '').split('/')[0]?.trim();
    if (latitude === undefined || longitude === undefined || !name) continue;
    const owners = places.filter((place) => (kilometres(place, { latitude, longitude }) ?? NEAR_KM + 1) <= NEAR_KM);
    if (owners.length === 0) continue;
    const postcode = String(cases.length).padStart(6, '0');
    const subjects = [...new Set(owners.map((place) => place.subject))];
    sets.set(postcode, { basis: 'postcode', owners, around: owners, subjects });
    cases.push({ postcode, address: name, expected: owners.map((place) => place.name) });
  }
  const nothing: CandidateSet = { basis: 'none', owners: [], around: [], subjects: [] };
  return { cases, gazetteer: { ...gazetteer, candidates: (postcode: string) => sets.get(postcode) ?? nothing } };
}

/** `5342N 09125E` → degrees. */
function coordinates(text: string): readonly [number, number] | readonly [] {
  const match = /^(\d\d)(\d\d)N (\d\d\d)(\d\d)E$/.exec(text.trim());
  if (match === null) return [];
  const [, d, m, dd, mm] = match.map(Number);
  return [(d ?? 0) + (m ?? 0) / 60, (dd ?? 0) + (mm ?? 0) / 60];
}
