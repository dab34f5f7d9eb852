import type { Detection } from '../../address/detection.ts';
import { canonicalAddress } from '../../address/key.ts';
import type { Answered } from '../../address/outcome.ts';
import type { PostcodeCity } from '../../address/postcode-city.ts';
import type { AddressQuery } from '../../address/query.ts';
import { exceeds } from '../../address/verdict.ts';
import { isPositive } from '../../cache/validity.ts';
import { readAddress } from '../../toponym/read.ts';
import { agreesThroughout } from '../../toponym/subjects.ts';
import { choose } from '../local/choose.ts';
import { placesNamedElsewhere } from '../local/elsewhere.ts';
import type { Located, Locator } from '../located/candidates.ts';
import { isSamePlace, type PostcodeFacts, type Statement } from './facts.ts';
import { isBeyondDoubt, isFarBehind, isOwnName, runnerUpOf } from './sure.ts';

/** What an address surely names among the names of its postcode. */
export interface SureName {
  readonly name: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly runnerUp: number | undefined;
}

/** The answers that the facts of one postcode lead to. */
export interface Lesson {
  /** Undefined where the API has to be asked. */
  infer(query: AddressQuery): Answered | undefined;
  /** Whether nothing more can be learnt of the postcode. */
  readonly isComplete: boolean;
}

/** How many of the newest statements about a postcode the matcher has to agree with, refusals and others. */
const MOST_REFUSALS = 50;
const MOST_FINDS = 20;
const ADDRESSES_IN_MEMORY = 50;

/** Makes the facts of a postcode answer questions; `fiasOnly` of the kind that they were learnt from. */
export function createLesson(
  postcode: string,
  { possible, found, isComplete, said }: PostcodeFacts,
  fiasOnly: boolean,
  locate: Locator,
): Lesson {
  const known = new Map([...found].filter(([, detection]) => fiasOnly || detection.detected_cdek_city !== undefined));
  if (known.size === 0) return { isComplete, infer: () => undefined };
  const located = locate(
    postcode,
    possible.map((name) => postcodeCity(name, known.get(name))),
  );
  const refused = new Set(said.filter(({ detection }) => !isPositive(detection)).map(({ address }) => address));
  for (const name of disproved(said, (address) => sureName(address, postcode, located), known)) known.delete(name);
  const remembered = new Map<string, SureName | undefined>();

  function sureNameOf(address: string): SureName | undefined {
    if (remembered.has(address)) return remembered.get(address);
    const sure = refused.has(canonicalAddress(address)) ? undefined : sureName(address, postcode, located);
    if (remembered.size >= ADDRESSES_IN_MEMORY) remembered.clear();
    remembered.set(address, sure);
    return sure;
  }

  return {
    isComplete,
    infer({ address, codRub }) {
      const sure = known.size === 0 ? undefined : sureNameOf(address);
      if (sure === undefined) return undefined;
      const learnt = known.get(sure.name);
      const detection = learnt && answerTo(codRub, learnt, possible);
      if (detection === undefined) return undefined;
      const { confidence, runnerUp } = sure;
      return {
        kind: 'answered',
        source: 'inferred',
        detection,
        confidence,
        ...(runnerUp === undefined ? {} : { runnerUp }),
      };
    },
  };
}

/** The one name that an address means beyond doubt. */
function sureName(address: string, postcode: string, located: Located): SureName | undefined {
  const { set, gazetteer } = located;
  const read = readAddress(address);
  if (read.postcodes.some((other) => other !== postcode)) return undefined;
  const choice = choose(read, postcode, located);
  if (choice.kind !== 'one' || !isBeyondDoubt(choice) || !isOwnName(choice, read, gazetteer)) return undefined;
  const runnerUp = runnerUpOf(choice, read, set);
  if (!isFarBehind(runnerUp, choice)) return undefined;
  if (!agreesThroughout(read.subjects, choice.place.subject.code)) return undefined;
  if (placesNamedElsewhere(read, set, gazetteer, choice.match).size > 0) return undefined;
  return { name: choice.place.name, confidence: choice.confidence, runnerUp };
}

/**
 * The names about which the matcher is sure where the API said something else: it is not to be trusted with them. The
 * statements are about canonical addresses, in which less can be told apart than in an address as it was written.
 */
function* disproved(
  said: readonly Statement[],
  sureName: (address: string) => SureName | undefined,
  known: ReadonlyMap<string, Detection>,
): Generator<string> {
  const left = { refusals: MOST_REFUSALS, finds: MOST_FINDS };
  for (const { address, detection } of said) {
    const kind = isPositive(detection) ? 'finds' : 'refusals';
    if (left[kind] === 0) continue;
    left[kind] -= 1;
    const sure = sureName(address);
    const learnt = sure && known.get(sure.name);
    if (sure === undefined || (learnt !== undefined && isPositive(detection) && isSamePlace(learnt, detection)))
      continue;
    yield sure.name;
  }
}

/** A name of the postcode with what is known of its city. One of which nothing is known is a candidate all the same. */
function postcodeCity(name: string, learnt: Detection | undefined): PostcodeCity {
  const { detected_cdek_city: city, detected_fias_city: place } = learnt ?? {};
  if (city !== undefined) return { ...city, cityName: name };
  return place?.guid === undefined ? { cityName: name } : { cityName: name, fiasGuid: place.guid };
}

/** The learnt answer for an amount; undefined where nobody knows whether that may be collected. */
function answerTo(codRub: number, learnt: Detection, possible: readonly string[]): Detection | undefined {
  const { detected_cdek_city: city, detected_fias_city: place } = learnt;
  const limit = city?.paymentLimit;
  if (city !== undefined && limit === undefined && codRub > 0) return undefined;
  return {
    status_code: limit !== undefined && exceeds(codRub, limit) ? 'COD_LIMIT_EXCEEDED' : 'OK',
    ...(city === undefined ? {} : { detected_cdek_city: city }),
    ...(place === undefined ? {} : { detected_fias_city: place }),
    possible_cities: possible,
  };
}
