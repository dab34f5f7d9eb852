import type { CandidateSet, Gazetteer } from '../../gazetteer/gazetteer.ts';
import { fold } from '../../toponym/fold.ts';
import type { ReadAddress } from '../../toponym/read.ts';
import { ACCEPT_CONFIDENCE, CONTEXT_WEIGHTS } from '../../toponym/thresholds.ts';
import type { Choice } from '../local/choose.ts';
import { coreName } from '../local/core-name.ts';
import { exactMatches, fuzzyMatches, habitMatches } from '../local/matches.ts';
import { placeIndex } from '../local/place-index.ts';

type OneChoice = Choice & { readonly kind: 'one' };

/** A name that is written nearly so differs by no more than one letter, and by no more than one in ten. */
const LARGEST_COST = 1;
const LEAST_SIMILARITY = 0.9;
/** How far the second-best place of the postcode must be behind. */
const LEAST_GAP = 0.2;
const ROUNDING = 1e-9;

/**
 * Whether a choice is so sure that nobody has to be asked: the name is written exactly or nearly so, is no former one,
 * stands where a settlement stands, and nothing beside it speaks against it.
 */
export function isBeyondDoubt(choice: OneChoice): boolean {
  const { match, confidence, owned } = choice;
  return (
    owned &&
    match.cost <= LARGEST_COST &&
    match.similarity > LEAST_SIMILARITY &&
    match.score >= match.similarity * CONTEXT_WEIGHTS.plain - ROUNDING &&
    confidence >= match.score - ROUNDING &&
    confidence >= ACCEPT_CONFIDENCE
  );
}

/** Whether the second-best place of the postcode, by its score from 0 to 1, is far enough behind. */
export function isFarBehind(runnerUp: number | undefined, { confidence }: OneChoice): boolean {
  return confidence - (runnerUp ?? 0) >= LEAST_GAP;
}

/**
 * The best score of the postcode's other places, misspelled ones included: the choice itself leaves these aside where a
 * name is written exactly, but `Fruktvooe, Sevastopol` means Фруктовое.
 */
export function runnerUpOf({ place }: OneChoice, read: ReadAddress, { owners }: CandidateSet): number | undefined {
  if (owners.length < 2) return undefined;
  const index = placeIndex(owners);
  const scores = [exactMatches, habitMatches, fuzzyMatches]
    .flatMap((search) => search(read, index))
    .filter((match) => match.place !== place)
    .map(({ score }) => score);
  return scores.length === 0 ? undefined : Math.max(...scores);
}

/** Names whose folded form is no longer stand for too much: `Mas` would be `Миасс`. */
const SHORT_FOLD = 4;

/**
 * Whether the words are the name itself, as the API lists it, or another name of the same place that no other place of
 * the country has: Moscow, but not Stavropol for Tolyatti.
 */
export function isOwnName({ match, place }: OneChoice, read: ReadAddress, gazetteer: Gazetteer): boolean {
  if (match.folded === fold(place.name) || match.folded === fold(coreName(place.name))) {
    const written = read.tokens.slice(match.start, match.end).map(({ text }) => text);
    return match.folded.length > SHORT_FOLD || letterCount(written.join('')) >= letterCount(place.name) - 1;
  }
  const named = gazetteer.named(match.folded);
  return match.exact && match.folded.length > SHORT_FOLD && named.length > 0 && named.every((other) => other === place);
}

function letterCount(text: string): number {
  return text.replace(/\P{L}/gu, '').length;
}
