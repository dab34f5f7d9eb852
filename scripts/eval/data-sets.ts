import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { distance } from '../../src/toponym/compare.ts';
import { fold } from '../../src/toponym/fold.ts';
import type { EvalCase } from './score.ts';

/** A place of CDEK's list. */
export interface ListedPlace {
  readonly code: string;
  /** Two digits. */
  readonly subject: string;
  readonly region: string;
  readonly name: string;
  readonly postcodes: readonly string[];
}

/** Reads `cdek-cities-2021.tsv`: code, subject, region, name, postcodes separated by commas. */
export function readPlaceList(folder: string): readonly ListedPlace[] {
  const lines = readFileSync(join(folder, 'cdek-cities-2021.tsv'), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [code, subject, region, name, postcodes] = line.split('\t');
    if (code === undefined || name === undefined || region === undefined || !subject) return [];
    const listed = (postcodes ?? '').split(',').map((one) => one.trim());
    return [{ code, subject: subject.padStart(2, '0'), region, name, postcodes: listed.filter((one) => one !== '') }];
  });
}

/** Writes the list in gorod's own import format. */
export function writeOwnFormat(places: readonly ListedPlace[], file: string): void {
  const header = ['city_code', 'city_name', 'region', 'region_code_ext', 'postcodes'];
  const rows = places.map(({ code, name, region, subject, postcodes }) => [
    ...[code, name, region, subject],
    postcodes.join(' '),
  ]);
  writeFileSync(file, stringify([header, ...rows]));
}

interface EnglishName {
  readonly code: string;
  readonly english: string;
}

function englishNames(folder: string): readonly EnglishName[] {
  const rows: readonly { cityCode: string; EngName: string }[] = parse(
    readFileSync(join(folder, 'eval-cdek-engname.tsv')),
    { columns: true, delimiter: '\t', quote: null, relax_column_count: true },
  );
  return rows.map(({ cityCode, EngName }) => ({ code: cityCode, english: EngName }));
}

/** CDEK's own Latin spelling of each place, asked with one of the place's postcodes. */
export function englishNameCases(folder: string, places: readonly ListedPlace[]): readonly EvalCase[] {
  const byCode = new Map(places.map((place) => [place.code, place]));
  return englishNames(folder).flatMap(({ code, english }, at) => {
    const place = byCode.get(code);
    const postcode = place?.postcodes[at % Math.max(1, place.postcodes.length)];
    if (place === undefined || postcode === undefined) return [];
    return [{ postcode, address: english, expected: [code, place.name] }];
  });
}

const TRIES_EACH = 3;

/** The same spellings with postcodes of the same subject that belong to places of other names: none may be detected. */
export function falseAcceptCases(cases: readonly EvalCase[], places: readonly ListedPlace[]): readonly EvalCase[] {
  const byCode = new Map(places.map((place) => [place.code, place]));
  const byPostcode = new Map<string, ListedPlace[]>();
  const bySubject = new Map<string, ListedPlace[]>();
  for (const place of places) {
    for (const postcode of place.postcodes) append(byPostcode, postcode, place);
    append(bySubject, place.subject, place);
  }
  const random = pseudoRandom(1);
  return cases.flatMap(({ address, expected }) => {
    const place = expected.map((one) => byCode.get(one)).find((one) => one !== undefined);
    const others = bySubject.get(place?.subject ?? '') ?? [];
    if (place === undefined) return [];
    return Array.from({ length: TRIES_EACH }).flatMap(() => {
      const other = others[Math.floor(random() * others.length)];
      const postcode = other?.postcodes[0];
      if (postcode === undefined) return [];
      const owners = byPostcode.get(postcode) ?? [];
      if (owners.some((owner) => plain(owner.name) === plain(place.name))) return [];
      return [{ postcode, address, expected: ['ERR_NOT_DETECT_CITY_IN_ADDRESS'] }];
    });
  });
}

const MOST_NEIGHBOURS = 4000;

/**
 * The hardest false accepts: each name with a postcode of the place of the same subject that is nearest to it in name
 * (Алексеевка, Алексеевское), where that is within a few letters.
 */
export function nearestNameCases(
  places: readonly ListedPlace[],
  romanize: (name: string) => string,
): readonly EvalCase[] {
  const names = new Map<string, ListedPlace[]>();
  for (const place of places) append(names, `${place.subject} ${fold(place.name).slice(0, SHARED_BEGINNING)}`, place);
  const cases: EvalCase[] = [];
  const postcodes = new Map<string, ListedPlace[]>();
  for (const place of places) for (const postcode of place.postcodes) append(postcodes, postcode, place);
  for (const alike of names.values()) {
    for (const one of alike) {
      if (WRITTEN_BESIDE.test(one.name)) continue;
      const near = nearest(one, alike);
      const postcode = near?.postcodes[0];
      if (postcode === undefined || cases.length >= MOST_NEIGHBOURS) continue;
      if (postcodes.get(postcode)?.some((owner) => fold(owner.name).includes(fold(one.name)))) continue;
      cases.push({ postcode, address: romanize(one.name), expected: ['ERR_NOT_DETECT_CITY_IN_ADDRESS'] });
    }
  }
  return cases;
}

const SHARED_BEGINNING = 5;
/** A settlement word or remark that the list writes beside a name: the rest is the neighbour's own name. */
const WRITTEN_BESIDE = /[.\d(]|\s\p{Ll}+$|^\p{Ll}+\s/u;
const NEAR_COST = 3;

function nearest(one: ListedPlace, others: readonly ListedPlace[]): ListedPlace | undefined {
  let found: ListedPlace | undefined;
  let least = NEAR_COST;
  for (const other of others) {
    const cost = distance(fold(one.name), fold(other.name), least);
    if (cost === 0 || cost >= least || other.postcodes.length === 0) continue;
    least = cost;
    found = other;
  }
  return found;
}

function append(map: Map<string, ListedPlace[]>, key: string, place: ListedPlace): void {
  const places = map.get(key);
  if (places === undefined) map.set(key, [place]);
  else places.push(place);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('ё', 'е');
}

/** The same numbers in every run: a linear congruential generator (Numerical Recipes). */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
