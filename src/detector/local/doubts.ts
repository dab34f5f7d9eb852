import type { CandidateSet, Gazetteer, Place } from '../../gazetteer/gazetteer.ts';
import { foldings } from '../../toponym/fold.ts';
import type { ReadAddress } from '../../toponym/read.ts';
import { areNeighbours } from '../../toponym/subjects.ts';
import { DOUBTS, THRESHOLDS } from '../../toponym/thresholds.ts';
import { isNamePart } from '../../toponym/tokens.ts';
import { contextWeight } from './context.ts';
import type { Match } from './matches.ts';
import { exactMatches, fuzzyMatches, habitMatches } from './matches.ts';
import { isOfSubjects } from './named-besides.ts';
import { isCitySubject } from './order.ts';
import { placeIndex } from './place-index.ts';

/** How much dearer than the place elsewhere a misspelled match may be. */
const COST_MARGIN = 0.25;

/**
 * Whether the words that were taken for a place of the postcode name another place at least as well: a longer name
 * around an exact match (Новоалексеевка, Верхняя Алексеевка), or for an inexact match any place of the subject or any
 * town of the country that is spelled so.
 */
export function fitsBetterElsewhere(read: ReadAddress, match: Match, set: CandidateSet, gazetteer: Gazetteer): boolean {
  if (isPartOfLongerName(read, match, set, gazetteer)) return true;
  if (match.exact) return false;
  const isOther = (place: Place): boolean => place !== match.place && place.name !== match.place.name;
  const around = placeIndex(set.around);
  const exact = exactMatches(read, around).filter((other) => isOther(other.place) && other.score >= THRESHOLDS.answer);
  if (exact.some((other) => coversAsMuch(other, match) || isExplicit(read, other))) return true;
  if (isTownElsewhere(read, match, gazetteer, isOther)) return true;
  if (set.basis !== 'postcode') return false;
  // Another habit or shortening that fits two places equally is settled by the postcode.
  if (match.cost === 0) return false;
  if (habitMatches(read, around, { within: match }).some((other) => isOther(other.place) && coversAsMuch(other, match)))
    return true;
  const rivals = { within: match, ceiling: match.cost + COST_MARGIN };
  return fuzzyMatches(read, around, rivals).some((other) => isOther(other.place) && coversAsMuch(other, match));
}

const MOST_WORDS = 4;

/** Whether the tokens around a match make a longer name, with it, of another place of the same subjects. */
function isPartOfLongerName(read: ReadAddress, match: Match, set: CandidateSet, gazetteer: Gazetteer): boolean {
  const { tokens } = read;
  const segment = tokens[match.start]?.segment;
  const canExtend = (at: number): boolean =>
    tokens[at]?.segment === segment && (isNamePart(tokens[at]) || tokens[at]?.number === true);
  for (let start = match.start; start === match.start || canExtend(start); start -= 1) {
    if (match.end - start > MOST_WORDS) break;
    let folded = '';
    for (let end = start + 1; end - start <= MOST_WORDS; end += 1) {
      if (end > match.end && !canExtend(end - 1)) break;
      folded += tokens[end - 1]?.folded ?? '';
      if (end < match.end || (start === match.start && end === match.end)) continue;
      if (contextWeight(read, start, end, undefined) < THRESHOLDS.answer) continue;
      const longer = gazetteer.named(folded);
      if (longer.some((place) => place !== match.place && isOfSubjects(place, set) && !set.owners.includes(place))) {
        return true;
      }
    }
  }
  return false;
}

function isTownElsewhere(
  read: ReadAddress,
  match: Match,
  gazetteer: Gazetteer,
  isOther: (place: Place) => boolean,
): boolean {
  const folded = read.tokens.slice(match.start, match.end).map((token) => token.folded);
  return gazetteer.named(folded.join('')).some(isOther);
}

/** Part of a name is no rival of the whole: Uralsk in Kamensk-Uralsk. */
function coversAsMuch(other: Match, match: Match): boolean {
  const overlaps = other.start < match.end && match.start < other.end;
  return overlaps && other.end - other.start >= match.end - match.start;
}

function isExplicit(read: ReadAddress, match: Match): boolean {
  return read.surroundings.slice(match.start, match.end).includes('settlement');
}

/** The match's score, less for everything beside it that speaks against it. */
export function confidenceLeft(
  read: ReadAddress,
  match: Match,
  postcode: string,
  set: CandidateSet,
  gazetteer: Gazetteer,
): number {
  let confidence = match.score;
  if (isKnownByOtherPrefix(match.place, postcode, set)) confidence *= DOUBTS.otherPrefix;
  if (namesOtherPostcode(read, match.place, postcode, gazetteer)) confidence *= DOUBTS.otherPostcode;
  if (namesOtherSettlement(read, match)) confidence *= DOUBTS.otherSettlement;
  return confidence;
}

const PREFIX_LENGTH = 4;

/**
 * Whether a place that is not known to own the postcode's prefix is known by a postcode of another one (456300 of Miass
 * says nothing of 456000), or is a city that is a subject itself while the prefix is used by another subject.
 */
function isKnownByOtherPrefix(place: Place, postcode: string, set: CandidateSet): boolean {
  if (set.basis === 'postcode' || set.owners.includes(place)) return false;
  if (place.postcode?.slice(0, PREFIX_LENGTH) === postcode.slice(0, PREFIX_LENGTH)) return false;
  if (isOfHead(place.postcode, postcode)) return false;
  if (isCitySubject(place)) return set.subjects.some((subject) => subject.code !== place.subject.code);
  return place.postcode !== undefined;
}

/** Whether a city's own postcode heads those of the asked one's three digits, which are all its own but for the raion's. */
function isOfHead(head: string | undefined, asked: string): boolean {
  return head === `${asked.slice(0, 3)}000` && asked[3] !== OF_RAION_AROUND;
}

/** The fourth digit of the postcodes of the raion around a region's centre: 630532 is near Novosibirsk (630000). */
const OF_RAION_AROUND = '5';

function namesOtherPostcode(read: ReadAddress, place: Place, asked: string, gazetteer: Gazetteer): boolean {
  return read.postcodes.some((postcode) => {
    if (postcode === asked) return false;
    const other = gazetteer.candidates(postcode);
    if (other.basis === 'none') return false;
    if (other.owners.length > 0) return !other.owners.includes(place);
    return !other.subjects.some(
      (subject) => subject.code === place.subject.code || areNeighbours(subject.code, place.subject.code),
    );
  });
}

/** Whether another name stands beside a settlement word while the match does not. */
function namesOtherSettlement(read: ReadAddress, match: Match): boolean {
  if (isExplicit(read, match)) return false;
  return read.surroundings.some(
    (surrounding, at) =>
      surrounding === 'settlement' &&
      isNamePart(read.tokens[at]) &&
      read.types[at]?.includes(CLOSED_TERRITORY) === false &&
      contextWeight(read, at, at + 1, undefined) > 0 &&
      !foldings(read.tokens[at]?.text ?? '').includes(match.folded),
  );
}

/** A closed territory is named after its chief town and holds others. */
const CLOSED_TERRITORY = 'зато';
