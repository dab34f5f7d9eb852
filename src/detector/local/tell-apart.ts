import { fold } from '../../toponym/fold.ts';
import type { ReadAddress } from '../../toponym/read.ts';
import { agreesWithMentions } from '../../toponym/subjects.ts';
import type { Match } from './matches.ts';

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

/** The city that is a subject itself, or the town whose district another of the places lies in, is only context. */
const containsNoOther: Test = (match, all) =>
  !all.some(
    (other) =>
      other.folded !== match.folded &&
      (CITY_SUBJECTS.has(fold(match.place.name)) || fold(other.place.subRegion ?? '').startsWith(match.folded)),
  );

const CITY_SUBJECTS: ReadonlySet<string> = new Set(['Москва', 'Санкт-Петербург', 'Севастополь'].map(fold));

/**
 * Of places in different parts of an address the most exact one: the last where the region or country comes first,
 * the first where it comes last.
 */
const isAtExactEnd: Test = (match, all, read) => {
  const order = orderOf(read, all);
  if (order === undefined || all.some((other) => other.cost > 0)) return true;
  return all.every((other) => (order === 'narrowing' ? other.end <= match.end : other.start >= match.start));
};

function orderOf(read: ReadAddress, all: readonly Match[]): 'narrowing' | 'widening' | undefined {
  const first = Math.min(...all.map((match) => match.start));
  const last = Math.max(...all.map((match) => match.end));
  const wide = read.tokens.flatMap((token, at) =>
    read.surroundings[at] === 'region' || token.word?.role === 'country' ? [at] : [],
  );
  if (wide.length === 0) return undefined;
  if (wide.every((at) => at < first)) return 'narrowing';
  return wide.every((at) => at >= last) ? 'widening' : undefined;
}

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

const TESTS: readonly Test[] = [
  isNotInsideAnother,
  agreesWithRegion,
  isNamedAsVillage,
  agreesWithDistrict,
  containsNoOther,
  hasNamedType,
  isNotShortOfBest,
  isSpelledSo,
  isAtExactEnd,
];

function letters(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
