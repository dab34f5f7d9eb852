import type { Note } from '../../address/outcome.ts';
import { isRussianPostcode } from '../../address/postcode-in-address.ts';
import type { AddressQuery } from '../../address/query.ts';
import { exceeds } from '../../address/verdict.ts';
import type { CandidateSet, Place } from '../../gazetteer/gazetteer.ts';
import type { Choice } from './choose.ts';

/**
 * What a question and the choice for it come to. Beside its candidates an answer is made of nothing else, so questions
 * with the same candidates and the same finding have the same answer.
 */
export type Finding =
  | {
      readonly kind: 'one';
      readonly place: Place;
      readonly asked: 'place' | 'city' | 'city-above-limit';
      /** 0 to 1, as the score of the best other place. */
      readonly confidence: number;
      readonly runnerUp: number | undefined;
      /** Whether the place is known to own the postcode or its prefix. */
      readonly owned: boolean;
    }
  | { readonly kind: 'many'; readonly places: readonly Place[]; readonly confidence: number }
  | {
      readonly kind: 'none';
      /** The places that words of the address resemble. */
      readonly resembled: readonly Place[];
      /** Names the postcode. */
      readonly note: Note | undefined;
    };

/** The finding about a question: its choice, as far as the answer tells it, and what else of the question decides. */
export function findingOf(query: AddressQuery, set: CandidateSet, choice: Choice): Finding {
  if (choice.kind === 'many') return choice;
  if (choice.kind === 'none') {
    const note = noteForeign(query, set) ?? noteElsewhere(query, set, choice.elsewhere);
    return { kind: 'none', resembled: choice.matches.map((match) => match.place), note };
  }
  const { place, confidence, runnerUp, owned } = choice;
  return { kind: 'one', place, asked: askedOf(query, place), confidence, runnerUp, owned };
}

/** Whether two findings among the same candidates are the same, and so are their answers: compares every field. */
export function isSameFinding(a: Finding, b: Finding): boolean {
  if (a.kind === 'one') {
    if (b.kind !== 'one' || a.place !== b.place || a.asked !== b.asked || a.owned !== b.owned) return false;
    return a.confidence === b.confidence && a.runnerUp === b.runnerUp;
  }
  if (a.kind === 'many') return b.kind === 'many' && a.confidence === b.confidence && isSameList(a.places, b.places);
  return b.kind === 'none' && a.note === b.note && isSameList(a.resembled, b.resembled);
}

function isSameList(one: readonly Place[], other: readonly Place[]): boolean {
  return one.length === other.length && one.every((place, at) => place === other[at]);
}

function askedOf({ fiasOnly, codRub }: AddressQuery, { paymentLimit }: Place): 'place' | 'city' | 'city-above-limit' {
  if (fiasOnly) return 'place';
  return paymentLimit !== undefined && exceeds(codRub, paymentLimit) ? 'city-above-limit' : 'city';
}

/** A postcode that somebody has is no foreign one, whatever it looks like. */
function noteForeign({ postcode }: AddressQuery, { basis, owners }: CandidateSet): Note | undefined {
  const isForeign = owners.length === 0 && (basis === 'none' || !isRussianPostcode(postcode));
  return isForeign ? { kind: 'foreign-postcode', postcode } : undefined;
}

function noteElsewhere(query: AddressQuery, set: CandidateSet, elsewhere: Place | undefined): Note | undefined {
  if (elsewhere === undefined) return undefined;
  const [first, ...others] = set.owners;
  const owner = others.length > 0 ? undefined : first;
  // Two of one name are told apart by where they lie.
  const isNamesake = owner?.name === elsewhere.name && owner.subject.code !== elsewhere.subject.code;
  const nameOf = ({ name, subject }: Place) => (isNamesake ? `${name} (${subject.name})` : name);
  return {
    kind: 'elsewhere',
    named: nameOf(elsewhere),
    ...(elsewhere.postcode === undefined ? {} : { namedPostcode: elsewhere.postcode }),
    postcode: query.postcode,
    ...(owner === undefined ? {} : { postcodePlace: nameOf(owner) }),
    ...(set.basis === 'prefix' ? { byPrefix: true } : {}),
  };
}
