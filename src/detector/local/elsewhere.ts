import type { CandidateSet, Gazetteer, Place } from '../../gazetteer/gazetteer.ts';
import type { ReadAddress } from '../../toponym/read.ts';
import { agreesWithMentions } from '../../toponym/subjects.ts';
import { isNamePart } from '../../toponym/tokens.ts';
import { contextWeight, isRuledOut } from './context.ts';
import type { Span } from './matches.ts';

const CLEAR_CONTEXT = 0.92;
const MOST_WORDS = 3;
/** A place is meant by its bare name when it has so many people, and so many times as many as its namesakes. */
const KNOWN_POPULATION = 10_000;
const OUTWEIGHS = 5;

/** The one place that an address clearly names although it is none of the postcode's; undefined in any doubt. */
export function placeNamedElsewhere(read: ReadAddress, set: CandidateSet, gazetteer: Gazetteer): Place | undefined {
  const [place, ...others] = placesNamedElsewhere(read, set, gazetteer);
  return others.length === 0 ? place : undefined;
}

/**
 * The places that an address clearly names although they are none of the postcode's. The words of `taken` are the
 * postcode's own: another place of that name is no other place.
 */
export function placesNamedElsewhere(
  read: ReadAddress,
  set: CandidateSet,
  gazetteer: Gazetteer,
  taken?: Span,
): ReadonlySet<Place> {
  const found = new Set<Place>();
  const { tokens } = read;
  for (let start = 0; start < tokens.length; start += 1) {
    if (!isNamePart(tokens[start])) continue;
    let folded = '';
    for (let end = start + 1; end <= Math.min(start + MOST_WORDS, tokens.length); end += 1) {
      if (tokens[end - 1]?.segment !== tokens[start]?.segment || isRuledOut(read, end - 1)) break;
      folded += tokens[end - 1]?.folded ?? '';
      if (folded.length < 3 || (taken !== undefined && start < taken.end && end > taken.start)) continue;
      const place = meantPlace(gazetteer.named(folded), read, start, end);
      if (place !== undefined && !set.owners.includes(place)) found.add(place);
    }
  }
  return found;
}

function meantPlace(named: readonly Place[], read: ReadAddress, start: number, end: number): Place | undefined {
  if (named.length === 0) return undefined;
  const agreeing = named.filter(
    (place) =>
      agreesWithMentions(read.subjects, place.subject.code) && contextWeight(read, start, end, place) >= CLEAR_CONTEXT,
  );
  const [first, second] = agreeing;
  if (first === undefined) return undefined;
  if (second === undefined && (read.subjects.length > 0 || read.surroundings[start] === 'settlement')) return first;
  const people = first.population ?? 0;
  return people >= KNOWN_POPULATION && people >= OUTWEIGHS * (second?.population ?? 0) ? first : undefined;
}
