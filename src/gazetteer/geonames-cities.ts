import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { OtherName, PlaceFacts, SubjectFacts } from './draft.ts';
import { looksRussian, russianName } from './russian-name.ts';

/** A populated place of GeoNames. */
export interface GeonamesPlace {
  readonly geonamesId: string;
  /** ISO date of the record's last change. */
  readonly modified: string;
  readonly facts: PlaceFacts;
}

/**
 * Feature codes that are no place to send a parcel to: PPLX sections of cities, PPLH historical, PPLQ abandoned,
 * PPLL hamlets without a name of their own.
 */
const NO_PLACE = new Set(['PPLX', 'PPLH', 'PPLQ', 'PPLL']);

/** Single records left out, with the reason. */
const LEFT_OUT: ReadonlyMap<string, string> = new Map([
  ['510291', 'Petrodvorets: since 2009 again Peterhof, which has a record of its own'],
  ['11238229', 'Obruchevo: a district of Moscow'],
  ['9858283', 'Toretam: beside Baikonur, but not of it'],
  ['501775', 'Rodionovo-Nesvetaiskoe: a misspelt repetition'],
  ['1487211', 'Verkh-Uymon: a repetition under another name'],
  ['511510', 'Novo-Peredelkino: a district of Moscow'],
]);

/** In a city of a million a name in Chinese is common enough to be worth a line. */
const HAN_FROM_POPULATION = 100_000;

/**
 * Reads the places of the given subjects from a GeoNames table (cities500.txt: 19 tab-separated columns), line by
 * line; `names` holds the Russian names that its alternates lack, by GeoNames id. Crimea and Sevastopol stand there under UA, Baikonur under KZ, which the subjects' GeoNames codes tell.
 */
export async function readGeonamesCities(
  file: string,
  subjects: readonly SubjectFacts[],
  names: ReadonlyMap<string, string>,
): Promise<readonly GeonamesPlace[]> {
  const byAdmin = new Map(subjects.map((subject) => [subject.geonames, subject]));
  const places: GeonamesPlace[] = [];
  for await (const line of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const cells = line.split('\t');
    const subject = byAdmin.get(`${cells[8]}.${cells[10]}`);
    if (subject === undefined || NO_PLACE.has(cells[7] ?? '') || LEFT_OUT.has(cells[0] ?? '')) continue;
    if (isCityDistrict(subject, cells[7] ?? '')) continue;
    places.push({ geonamesId: cells[0] ?? '', modified: cells[18] ?? '', facts: toFacts(cells, subject, names) });
  }
  return places;
}

/** The third-order seats of Moscow and Saint Petersburg are their districts. */
function isCityDistrict(subject: SubjectFacts, feature: string): boolean {
  return (subject.code === '77' || subject.code === '78') && feature === 'PPLA3';
}

function toFacts(cells: readonly string[], subject: SubjectFacts, names: ReadonlyMap<string, string>): PlaceFacts {
  const own = cells[1] ?? '';
  const alternates = (cells[3] ?? '').split(',').filter(Boolean);
  const population = Number(cells[14]);
  const name = names.get(cells[0] ?? '') ?? russianName(own, alternates) ?? own;
  return {
    name,
    subjectCode: subject.code,
    otherNames: otherNames([own, cells[2] ?? '', ...alternates], name, population),
    postcodes: [],
    latitude: Number(cells[4]),
    longitude: Number(cells[5]),
    ...(cells[17] ? { timezone: cells[17] } : {}),
    ...(population > 0 ? { population } : {}),
  };
}

/** Names that a writer of an address may use: Latin and Russian ones, Chinese ones of big cities. */
function otherNames(names: readonly string[], official: string, population: number): readonly OtherName[] {
  const useful = names.filter((name) => {
    if (name === official) return false;
    if (/^\p{Script=Han}+$/u.test(name)) return population >= HAN_FROM_POPULATION;
    return looksRussian(name) || isLatinName(name);
  });
  return useful.map((text) => ({ text, kind: 'alias' }));
}

/** A spelling in Latin: not a code in capitals, not one of the lower-case syllables of machine transcriptions. */
function isLatinName(name: string): boolean {
  return /^\p{Lu}[\p{Script=Latin}\p{M}'’ʹʼ`. -]{3,}$/u.test(name) && /\p{Ll}/u.test(name);
}
