import type { CandidateSet, Gazetteer, Place } from '../../gazetteer/gazetteer.ts';
import { foldWord } from '../../toponym/fold.ts';
import type { ReadAddress } from '../../toponym/read.ts';
import { agreesWithMentions } from '../../toponym/subjects.ts';
import type { Match } from './matches.ts';

/** Former names are those of many a village; towns of this size are meant by theirs. */
const KNOWN_POPULATION = 10_000;

/**
 * A town that bears at present the name that the match is only known by besides its own: Stavropol for Тольятти,
 * Kuznetsk for Новокузнецк; or that is so named with the qualifier put behind, as a register has it: Novgorod Nizhniy
 * for Великий Новгород. Part of the match's own name is no other's (Rostov), and a region that is named settles it.
 */
export function bearerOfName(
  read: ReadAddress,
  match: Match,
  set: CandidateSet,
  gazetteer: Gazetteer,
): Place | undefined {
  const bearer = (name: string): Place | undefined =>
    gazetteer
      .named(name)
      .find(
        (place) =>
          place.name !== match.place.name &&
          (place.population ?? 0) >= KNOWN_POPULATION &&
          place.names.some(({ kind, folded }) => kind === 'official' && folded === name) &&
          !set.owners.includes(place) &&
          agreesWithMentions(read.subjects, place.subject.code),
      );
  const next = read.tokens[match.end];
  const isQualified = next?.word?.role === 'qualifier' && next.segment === read.tokens[match.start]?.segment;
  return (
    (isOwnName(match) ? undefined : bearer(match.folded)) ??
    (isQualified ? bearer(next.folded + match.folded) : undefined)
  );
}

function isOwnName({ place, folded }: Match): boolean {
  if (place.names.some((name) => name.kind === 'official' && name.folded === folded)) return true;
  const words = place.name.split(/[\s-]+/).map(foldWord);
  return words.some((_word, start) => {
    let run = '';
    return words.slice(start).some((word) => {
      run += word;
      return run === folded;
    });
  });
}
