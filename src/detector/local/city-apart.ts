import type { CandidateSet, Gazetteer, Place } from '../../gazetteer/gazetteer.ts';
import type { ReadAddress } from '../../toponym/read.ts';
import { areNeighbours, isSubjectName } from '../../toponym/subjects.ts';
import { CONTEXT_WEIGHTS } from '../../toponym/thresholds.ts';
import { isHouseNumber, isNamePart } from '../../toponym/tokens.ts';
import { contextWeight } from './context.ts';
import type { Match, Span } from './matches.ts';
import { isNext, isStreetLike } from './named-besides.ts';

const MOST_WORDS = 4;
const SHORTEST_NAME = 3;

/** Bare names of smaller places are more often those of a city's quarters: Sokol, Koltsovo. */
const KNOWN_ELSEWHERE = 50_000;
/** Towns around Moscow and St Petersburg are named with the city, and with its postcode, often enough. */
const KNOWN_NEXT_DOOR = 5_000;
/** Quarters of a city that a gazetteer has as places are seldom larger: Khosta and Lazarevskoye of Sochi. */
const KNOWN_IN_SUBJECT = 30_001;

/** The cities that the oblast around them is named by as well; Sevastopol is none of Crimea's. */
const CENTRES_OF_NEIGHBOURS: ReadonlySet<string> = new Set(['77', '78']);

/**
 * A town of known size that has a part of the address to itself and that the place matched cannot lie in nor be named
 * with: one of another subject (`Odintsovo, Moscow` with a postcode of Moscow, `Tomsk, Novosibirsk`), or a smaller one
 * of the same behind it (`Kazan, Zelenodolsk`). Only present names count, and no name that a house number follows.
 */
export function cityNamedApart(
  read: ReadAddress,
  match: Match,
  set: CandidateSet,
  gazetteer: Gazetteer,
): Place | undefined {
  for (const part of partsOfOneName(read, read.tokens[match.start]?.segment)) {
    const named = gazetteer.named(part.folded);
    if (named.length === 0) continue;
    const namesakes = named.filter((place) => isPresentName(place, part.folded));
    if (namesakes.length === 0 || namesakes.some((place) => isOfMatch(place, match, set))) continue;
    if (isNumbered(read, part)) continue;
    if (contextWeight(read, part.start, part.end, undefined) < CONTEXT_WEIGHTS.alone) continue;
    const town = namesakes.find((place) =>
      set.subjects.some(({ code }) => code === place.subject.code)
        ? isSmallerBehind(read, part, match, place)
        : isOfOtherSubject(part, match, place),
    );
    if (town !== undefined) return town;
  }
  return undefined;
}

interface Part extends Span {
  readonly folded: string;
}

/**
 * The parts of an address, other than `besides`, that hold one name of a few words and else at most a postcode, region
 * and settlement word.
 */
function partsOfOneName({ tokens, surroundings }: ReadAddress, besides: number | undefined): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < tokens.length; ) {
    const segment = tokens[at]?.segment;
    let start = -1;
    let end = -1;
    let folded = '';
    let isOne = segment !== besides;
    for (; at < tokens.length && tokens[at]?.segment === segment; at += 1) {
      const token = tokens[at];
      if (token === undefined || !isOne) continue;
      const role = token.word?.role;
      if (token.number && token.text.length === 6) continue;
      if (surroundings[at] === 'region' || role === 'country' || role === 'settlement') continue;
      const isNext = start === -1 || (end === at && at - start < MOST_WORDS);
      isOne = isNext && isNamePart(token) && (surroundings[at] === 'plain' || surroundings[at] === 'settlement');
      if (start === -1) start = at;
      end = at + 1;
      folded += token.folded;
    }
    if (isOne && folded.length >= SHORTEST_NAME) parts.push({ start, end, folded });
  }
  return parts;
}

/** `Kirov, 48` and `Kirov, d. 48` are streets, even behind a word that may mean a settlement: `St. Kirov, 48`. */
function isNumbered({ tokens }: ReadAddress, { end }: Part): boolean {
  return tokens[end]?.word?.role === 'house' || isHouseNumber(tokens[end], tokens[end + 1]);
}

function isPresentName(place: Place, folded: string): boolean {
  return place.names.some((name) => name.kind === 'official' && name.folded === folded);
}

function isOfMatch(place: Place, match: Match, set: CandidateSet): boolean {
  return place.name === match.place.name || set.owners.includes(place);
}

/** A smaller town behind a city is not what the city lies in, as it may be in an address that goes to the wide. */
function isSmallerBehind(read: ReadAddress, part: Part, match: Match, place: Place): boolean {
  const people = place.population ?? 0;
  if (part.start < match.end || people < KNOWN_IN_SUBJECT || people >= (match.place.population ?? 0)) return false;
  if (isSubjectName(part.folded, place.subject.code)) return false;
  return !isStreetLike(part.folded) || isNext(read, part, match);
}

/** A neighbouring subject's centre may stand for the region, and a street's bare name may be any town's. */
function isOfOtherSubject(part: Part, match: Match, place: Place): boolean {
  const { code } = place.subject;
  const isNextDoor = areNeighbours(code, match.place.subject.code);
  if (isNextDoor && (CENTRES_OF_NEIGHBOURS.has(code) || isSubjectName(part.folded, code))) return false;
  if ((place.population ?? 0) < (isNextDoor ? KNOWN_NEXT_DOOR : KNOWN_ELSEWHERE)) return false;
  return !isStreetLike(part.folded) || (isNextDoor && part.end <= match.start);
}
