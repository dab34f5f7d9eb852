import type { CandidateSet, Gazetteer, Place } from '../../gazetteer/gazetteer.ts';
import type { ReadAddress } from '../../toponym/read.ts';
import { isSubjectName } from '../../toponym/subjects.ts';
import { CONTEXT_WEIGHTS } from '../../toponym/thresholds.ts';
import { isNamePart } from '../../toponym/tokens.ts';
import { contextWeight } from './context.ts';
import type { Match, Span } from './matches.ts';
import { isCitySubject, orderOf } from './order.ts';

const MOST_WORDS = 4;
const SHORTEST_NAME = 3;

/**
 * Another place of the same subjects that the address names besides the match and may mean as well: one with a part of
 * the address to itself or a settlement word before it (`Kolpino, St Petersburg`), and where the match may be there
 * as the region's centre alone, one right beside it (`Bogoroditsk Tula`). The region's name is no such place
 * (`Samara, Tolyatti`), nor is what stands before in an address that goes from the wide to the narrow.
 */
export function placeNamedBesides(
  read: ReadAddress,
  match: Match,
  set: CandidateSet,
  gazetteer: Gazetteer,
): Place | undefined {
  const widening = orderOf(read, 0, match.end) !== 'narrowing';
  const leastBeside = leastWeightBeside(match);
  if (!widening && leastBeside === undefined) return undefined;
  for (const span of namesAround(read, match)) {
    const apart = span.end <= match.start && read.tokens[span.start]?.segment !== read.tokens[match.start]?.segment;
    const mayBeNamed = widening && apart;
    if (!mayBeNamed && leastBeside === undefined) continue;
    const weight = contextWeight(read, span.start, span.end, undefined);
    const named = mayBeNamed && weight >= CONTEXT_WEIGHTS.alone;
    if (!named && !(weight >= (leastBeside ?? Number.POSITIVE_INFINITY) && isBeside(read, span, match))) continue;
    const place = gazetteer
      .named(span.folded)
      .find(
        (other) =>
          isOfSubjects(other, set, named ? undefined : read) &&
          other.name !== match.place.name &&
          !set.owners.includes(other),
      );
    if (place !== undefined && !isCitySubject(place) && !isSubjectName(span.folded, place.subject.code)) return place;
  }
  return undefined;
}

/** Whether a place is of the postcode's subjects, or with `read` of one that the address names. */
export function isOfSubjects(place: Place, set: CandidateSet, read?: ReadAddress): boolean {
  const { code } = place.subject;
  return (
    set.subjects.some((subject) => subject.code === code) || read?.subjects.some((one) => one.code === code) === true
  );
}

/**
 * How likely its surroundings must make a name right beside the match, where the match may be there for the region
 * around: a city that is a subject, whose few other places are seldom the second word of a street, or a name that a
 * subject has too. Undefined for other matches.
 */
function leastWeightBeside(match: Match): number | undefined {
  if (isCitySubject(match.place)) return CONTEXT_WEIGHTS.streetRun;
  return isSubjectName(match.folded, match.place.subject.code) ? CONTEXT_WEIGHTS.numberedAfterComma : undefined;
}

interface FoldedSpan extends Span {
  readonly folded: string;
}

function namesAround({ tokens }: ReadAddress, match: Match): readonly FoldedSpan[] {
  const names: FoldedSpan[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    let folded = '';
    for (let end = start + 1; end <= tokens.length && end - start <= MOST_WORDS; end += 1) {
      const token = tokens[end - 1];
      if (token === undefined || token.segment !== tokens[start]?.segment) break;
      if (end > match.start && start < match.end) break;
      folded += token.folded;
      if (folded.length >= SHORTEST_NAME) names.push({ start, end, folded });
    }
  }
  return names;
}

/** Endings of adjectives and of persons in the genitive: bare, such a name is more often a street's. */
const STREET_LIKE = /(?:[ao]va|eva|ina|ogo|aa|oe|ie|oi|[^aeoui]i)$/;

/** Plurals among them, and what else no adjective ends in: Khimki, Lyubertsy, Tolyatti. */
const PLURAL = /(?:[^sc]ki|wi|ci|ti|chi|qi)$/;

/** Whether a bare name sounds more like a street's than a town's: Sovetskaya, Kirova, Volzhsky. */
export function isStreetLike(folded: string): boolean {
  return STREET_LIKE.test(folded) && !PLURAL.test(folded);
}

/** Whether a bare name that is no street's stands beside a match, with only numbers, regions and country between. */
function isBeside(read: ReadAddress, span: FoldedSpan, match: Match): boolean {
  const words = read.tokens.slice(span.start, span.end);
  return words.every(isNamePart) && !isStreetLike(span.folded) && isNext(read, span, match);
}

/** Whether only numbers, regions and country stand between a name and a match. */
export function isNext(read: ReadAddress, span: Span, match: Match): boolean {
  const [from, to] = span.end <= match.start ? [span.end, match.start] : [match.end, span.start];
  for (let at = from; at < to; at += 1) {
    const token = read.tokens[at];
    if (token?.number === true || token?.word?.role === 'country' || read.surroundings[at] === 'region') continue;
    if (token?.folded === match.folded) continue; // Zelenograd Moscow, Moscow
    return false;
  }
  return true;
}
