import type { Detection } from '../../address/detection.ts';
import type { StoredAnswer } from '../../cache/stored-answer.ts';
import { isPositive, isValid, type Lifetimes } from '../../cache/validity.ts';
import { findCollisions, nameKey } from './collisions.ts';

/** A stored answer with the canonical address that it was given to. */
export interface Witness {
  readonly address: string;
  readonly answer: StoredAnswer;
}

/** What an API once said of an address. */
export interface Statement {
  /** Canonical. */
  readonly address: string;
  readonly detection: Detection;
}

/** What the stored answers about one postcode agree on. */
export interface PostcodeFacts {
  /** The names that the postcode may mean, as the API lists them. */
  readonly possible: readonly string[];
  /** The newest answer that found a name of `possible`; only of names that are nothing but themselves. */
  readonly found: ReadonlyMap<string, Detection>;
  /** Whether each of the names is found, or will never count: nothing more can be learnt of the postcode. */
  readonly isComplete: boolean;
  /** What the API said of single addresses, newest first; refusals also where they are no longer valid. */
  readonly said: readonly Statement[];
}

/** What decides which stored answers count for a job. */
export interface AsOf {
  readonly lifetimes: Lifetimes;
  /** Ages are judged at this moment, in milliseconds since 1970. */
  readonly jobStart: number;
  /** Only answers from before this moment count. */
  readonly before: number;
}

/** Of a postcode about which answers contradict each other: nothing is found, and never will be. */
const NOTHING: PostcodeFacts = { possible: [], found: new Map(), isComplete: true, said: [] };

/**
 * What stored answers teach about their postcode; undefined where no valid one lists its names. Where they do not all list
 * the same names, nothing is found. A name for which they found different cities, or one whose GUID is not known or in
 * doubt, is not among the found ones.
 */
export function learnFacts(witnesses: readonly Witness[], asOf: AsOf): PostcodeFacts | undefined {
  const before = witnesses.flatMap((witness) => newestBefore(witness, asOf.before)).sort(byAge);
  const valid = before.filter(({ answer }) => isValid(answer, asOf.lifetimes, asOf.jobStart));
  const possible = agreedNames(valid);
  if (possible === undefined || possible === 'contradictory') return possible && NOTHING;
  const found = new Map<string, Detection>();
  const spoilt = new Set(findCollisions(possible));
  // Answers are stored once for many questions.
  const seen = new Set<Detection>();
  for (const { answer } of valid) {
    const { detection } = answer;
    if (!isPositive(detection) || withholdsCity(detection) || seen.has(detection)) continue;
    seen.add(detection);
    const name = nameOf(detection, possible);
    if (name === undefined) return NOTHING;
    const known = found.get(name);
    if (!isSure(detection) || (known !== undefined && !isSamePlace(known, detection))) spoilt.add(name);
    if (known === undefined) found.set(name, detection);
  }
  const isComplete = possible.every((name) => found.has(name) || spoilt.has(name));
  for (const name of spoilt) found.delete(name);
  return { possible, found, isComplete, said: before.filter(isToBeHeard(valid)).map(toStatement) };
}

/** Whether two answers mean one and the same city, or FIAS place where no city was asked for. */
export function isSamePlace(one: Detection, other: Detection): boolean {
  return one.detected_cdek_city?.cityCode === other.detected_cdek_city?.cityCode && guidOf(one) === guidOf(other);
}

/** The FIAS GUID of an answer as the columns give it, in lower case. */
export function guidOf({ detected_fias_city, detected_cdek_city }: Detection): string | undefined {
  return (detected_fias_city?.guid ?? detected_cdek_city?.fiasGuid)?.toLowerCase();
}

/** What was last said of an address before a moment. */
function newestBefore({ address, answer }: Witness, moment: number): readonly Witness[] {
  if (answer.fetchedAt < moment) return [{ address, answer }];
  return answer.earlier === undefined ? [] : newestBefore({ address, answer: answer.earlier }, moment);
}

/** Newest first; of the same age in the order of addresses, so that the choice is always the same. */
function byAge(one: Witness, other: Witness): number {
  return other.answer.fetchedAt - one.answer.fetchedAt || (one.address < other.address ? -1 : 1);
}

/** The names that every answer lists, as the newest does; undefined where none lists any. */
function agreedNames(valid: readonly Witness[]): readonly string[] | 'contradictory' | undefined {
  let agreed: { readonly names: readonly string[]; readonly text: string } | undefined;
  const seen = new Set<Detection>();
  for (const { answer } of valid) {
    const { detection } = answer;
    if (seen.has(detection)) continue;
    seen.add(detection);
    const names = detection.possible_cities;
    if (names === undefined && !isPositive(detection)) continue;
    const text = [...(names ?? [])].map(nameKey).sort().join('|');
    if (text === '' || (agreed !== undefined && agreed.text !== text)) return 'contradictory';
    agreed ??= { names: names ?? [], text };
  }
  return agreed?.names;
}

/** Which of the names an answer has found; undefined where it is none of them or not clear. */
function nameOf({ detected_cdek_city: city, detected_fias_city: place }: Detection, possible: readonly string[]) {
  const keys = [city?.cityName, place?.formal_name, place?.official_name].flatMap((name) => name ?? []).map(nameKey);
  const named = possible.filter((name) => keys.includes(nameKey(name)));
  return named.every((name) => name === named[0]) ? named[0] : undefined;
}

/** Whether an answer is free of doubt: nobody's guess, and with a GUID on which city and FIAS place agree. */
function isSure(detection: Detection): boolean {
  if (detection.confidence !== undefined || detection.fallback === true || detection.order_error !== undefined) {
    return false;
  }
  const city = detection.detected_cdek_city?.fiasGuid?.toLowerCase();
  const place = detection.detected_fias_city?.guid?.toLowerCase();
  return guidOf(detection) !== undefined && (city === undefined || place === undefined || city === place);
}

/** Some APIs do not name the city where the amount is too much for it. */
function withholdsCity({ status_code, detected_cdek_city }: Detection): boolean {
  return status_code === 'COD_LIMIT_EXCEEDED' && detected_cdek_city === undefined;
}

function isToBeHeard(valid: readonly Witness[]): (witness: Witness) => boolean {
  const current = new Set(valid);
  return (witness) => current.has(witness) || !isPositive(witness.answer.detection);
}

function toStatement({ address, answer }: Witness): Statement {
  return { address, detection: answer.detection };
}
