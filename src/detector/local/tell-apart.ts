import type { Place } from '../../gazetteer/gazetteer.ts';
import { fold } from '../../toponym/fold.ts';
import type { ReadAddress } from '../../toponym/read.ts';
import { agreesWithMentions, isSubjectName } from '../../toponym/subjects.ts';
import type { Match } from './matches.ts';
import { isCitySubject, orderOf } from './order.ts';

/**
 * The matches that remain when everything in the address that tells places apart has been heard: longer names over
 * names inside them, the region, villages beside their settlement word, the raion, the type, the very spelling.
 * Each test is heard only where it leaves something.
 */
export function tellApart(matches: readonly Match[], read: ReadAddress): readonly Match[] {
  let left = matches;
  for (const test of TESTS) {
    if (left.length < 2) return left;
    const kept = left.filter((match) => test(match, left, read));
    if (kept.length > 0) left = kept;
  }
  return left;
}

type Test = (match: Match, all: readonly Match[], read: ReadAddress) => boolean;

const isNotInsideAnother: Test = (match, all) =>
  !all.some(
    (other) =>
      other.start <= match.start && other.end >= match.end && other.end - other.start > match.end - match.start,
  );

const agreesWithRegion: Test = (match, _all, read) => agreesWithMentions(read.subjects, match.place.subject.code);

/** A village beside its settlement word is more exact than the town named besides. */
const isNamedAsVillage: Test = (match, _all, read) => {
  const types = read.types[match.start] ?? [];
  return read.surroundings[match.start] === 'settlement' && !types.includes('г');
};

const SHARED_BEGINNING = 5;

const agreesWithDistrict: Test = (match, _all, read) => {
  const district = fold(match.place.subRegion ?? '').slice(0, SHARED_BEGINNING);
  return district.length >= 3 && read.districts.some((named) => named.startsWith(district));
};

/** Beside another place, the name of a region's capital is more likely the region's: Samara, Tolyatti. */
const isNotRegionName: Test = (match, all) =>
  !isSubjectName(match.folded, match.place.subject.code) ||
  all.every((other) => other.folded === match.folded || other.cost > 0);

/** The city that is a subject itself, or the town whose district another of the places lies in, is only context. */
const containsNoOther: Test = (match, all) =>
  !all.some(
    (other) =>
      other.folded !== match.folded &&
      (isCitySubject(match.place) || fold(other.place.subRegion ?? '').startsWith(match.folded)),
  );

/**
 * Of places in different parts of an address the most exact one: the last where the region or country comes first,
 * or the street last, the first the other way round.
 */
const isAtExactEnd: Test = (match, all, read) => {
  const start = Math.min(...all.map((one) => one.start));
  const end = Math.max(...all.map((one) => one.end));
  const order = orderOf(read, start, end);
  if (order === undefined || all.some((other) => other.cost > 0)) return true;
  return all.every((other) => (order === 'narrowing' ? other.end <= match.end : other.start >= match.start));
};

const hasNamedType: Test = (match, _all, read) => {
  const type = match.place.settlementType;
  return type !== undefined && (read.types[match.start] ?? []).includes(type);
};

const isNotShortOfBest: Test = (match, all) =>
  !all.some(
    (other) => other.start === match.start && other.end === match.end && other.similarity > match.similarity + 0.005,
  );

/** Where several names fold alike, the one that is written so letter for letter. */
const isSpelledSo: Test = (match, _all, read) => {
  const written = read.tokens.slice(match.start, match.end).map((token) => letters(token.text));
  return written.join('') === letters(match.place.name);
};

/**
 * Of two records of one place, as two sources of a gazetteer leave them, the one with codes: where postcode, name and
 * subject agree, a record of nothing more is no second place. Its position says little: free postcode lists find it by
 * name and often hit a namesake.
 */
const isRecordWithCodes: Test = (match, all) =>
  hasCodes(match.place) &&
  all.every(
    ({ place }) =>
      place === match.place ||
      (isBare(place) && place.name === match.place.name && place.subject.code === match.place.subject.code),
  );

function isBare(place: Place): boolean {
  return !hasCodes(place) && place.subRegion === undefined && place.settlementType === undefined;
}

function hasCodes(place: Place): boolean {
  return place.cityCode !== undefined || place.fiasGuid !== undefined || place.kladr !== undefined;
}

const TESTS: readonly Test[] = [
  isNotInsideAnother,
  agreesWithRegion,
  isNamedAsVillage,
  agreesWithDistrict,
  isNotRegionName,
  containsNoOther,
  hasNamedType,
  isNotShortOfBest,
  isSpelledSo,
  isAtExactEnd,
  isRecordWithCodes,
];

function letters(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
