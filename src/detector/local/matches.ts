import type { Place } from '../../gazetteer/gazetteer.ts';
import { distance, letterMask, maskDifference } from '../../toponym/compare.ts';
import type { ReadAddress } from '../../toponym/read.ts';
import { isNamePart, spanFoldings } from '../../toponym/read.ts';
import { allowedCost, NAME_WEIGHTS } from '../../toponym/thresholds.ts';
import { contextWeight } from './context.ts';
import type { NameEntry, PlaceIndex } from './place-index.ts';

/** A run of the address's tokens that may name a place. */
export interface Match {
  readonly place: Place;
  readonly folded: string;
  /** First token, and the one behind the last. */
  readonly start: number;
  readonly end: number;
  /** 1 for equal folds, less for other habits, shortened first words and errors of spelling. */
  readonly similarity: number;
  /** Edit cost; 0 where the folds are equal. */
  readonly cost: number;
  /** `similarity` times what the surroundings say, 0 to 1. */
  readonly score: number;
}

const MOST_WORDS = 5;
const MOST_FUZZY_WORDS = 3;

/** Tokens that a match must overlap to be looked for. */
export type Within = Pick<Match, 'start' | 'end'>;

/** Matches of names that fold exactly as the address does. Those that the surroundings rule out are left out. */
export function exactMatches(read: ReadAddress, index: PlaceIndex): readonly Match[] {
  const matches: Match[] = [];
  eachSpan(read, MOST_WORDS, undefined, (start, end, folded) => {
    collect(matches, read, start, end, index.exact(folded), 1);
  });
  return matches;
}

/** Matches by other spelling habits and of names whose first word is shortened. */
export function habitMatches(read: ReadAddress, index: PlaceIndex, within?: Within): readonly Match[] {
  const matches: Match[] = [];
  eachSpan(read, MOST_WORDS, within, (start, end, folded) => {
    if (end - start > 1 && (read.tokens[start]?.folded.length ?? 0) <= 4) {
      collect(matches, ignoring(read, start, end), start, end, index.shortened(folded), 1);
    }
    if (end - start > MOST_FUZZY_WORDS) return;
    for (const other of spanFoldings(read.tokens, start, end).slice(1)) {
      collect(matches, read, start, end, index.exact(other), NAME_WEIGHTS.reading);
    }
  });
  return matches;
}

/** The address without what a shortened first word passed for: `Nab. Chelny` is no embankment, `P. Kamchatsky` no village. */
function ignoring(read: ReadAddress, start: number, end: number): ReadAddress {
  if (read.tokens[start]?.word === undefined) return read;
  const surroundings = read.surroundings.map((one, at) =>
    at >= start && at < end && one !== 'region' ? 'plain' : one,
  );
  return { ...read, surroundings };
}

/** Matches of names that are spelled nearly so, within the cost that their length allows. */
export function fuzzyMatches(read: ReadAddress, index: PlaceIndex, within?: Within): readonly Match[] {
  const best = new Map<NameEntry, Match>();
  eachSpan(read, MOST_FUZZY_WORDS, within, (start, end) => {
    if (!isNamePart(read.tokens[start]) || !isNamePart(read.tokens[end - 1])) return;
    if (contextWeight(read, start, end, undefined) === 0) return;
    for (const folded of spanFoldings(read.tokens, start, end).slice(0, MOST_FUZZY_READINGS)) {
      compareAll(best, read, start, end, folded, index);
    }
  });
  return [...best.values()];
}

const MOST_FUZZY_READINGS = 6;

function compareAll(
  best: Map<NameEntry, Match>,
  read: ReadAddress,
  start: number,
  end: number,
  folded: string,
  index: PlaceIndex,
): void {
  const limit = allowedCost(folded.length);
  if (limit === 0) return;
  const mask = letterMask(folded);
  for (const entry of index.ofLength(folded.length - LONGEST_GAP, folded.length + LONGEST_GAP)) {
    const length = Math.min(entry.folded.length, folded.length);
    const allowed = length === folded.length ? limit : allowedCost(length);
    if (maskDifference(mask, entry.mask) > allowed * LETTERS_PER_COST) continue;
    const cost = distance(folded, entry.folded, allowed);
    if (cost === Number.POSITIVE_INFINITY || differInPrefix(folded, entry.folded)) continue;
    const similarity = entry.weight * (1 - cost / Math.max(folded.length, entry.folded.length));
    const match = matchOf(read, start, end, entry, similarity, cost);
    if (match !== undefined && match.score > (best.get(entry)?.score ?? 0)) best.set(entry, match);
  }
}

/** Names of the same place differ by no more letters than so many. */
const LONGEST_GAP = 3;

/** The cheapest change costs 0.3 and alters two letters of a mask. */
const LETTERS_PER_COST = 6.7;

function collect(
  matches: Match[],
  read: ReadAddress,
  start: number,
  end: number,
  entries: readonly NameEntry[] | undefined,
  weight: number,
): void {
  for (const entry of entries ?? []) {
    const match = matchOf(read, start, end, entry, entry.weight * weight, 0);
    if (match !== undefined) matches.push(match);
  }
}

function matchOf(
  read: ReadAddress,
  start: number,
  end: number,
  entry: NameEntry,
  similarity: number,
  cost: number,
): Match | undefined {
  const context = contextWeight(read, start, end, entry.place);
  if (context === 0) return undefined;
  return { place: entry.place, folded: entry.folded, start, end, similarity, cost, score: similarity * context };
}

function eachSpan(
  read: ReadAddress,
  mostWords: number,
  within: Within | undefined,
  visit: (start: number, end: number, folded: string) => void,
): void {
  const { tokens } = read;
  for (let start = 0; start < tokens.length; start += 1) {
    let folded = '';
    const segment = tokens[start]?.segment;
    for (let end = start + 1; end <= tokens.length && end - start <= mostWords; end += 1) {
      const token = tokens[end - 1];
      if (token === undefined || token.segment !== segment) break;
      folded += token.folded;
      if (within === undefined || (start < within.end && end > within.start)) visit(start, end, folded);
    }
  }
}

/** Beginnings that tell neighbouring villages apart: Верхний, Нижний, Новый, Старый … */
const TELLING = ['nov', 'star', 'verh', 'nij', 'sred', 'bol', 'mal', 'sever', 'uj', 'vostoq', 'zapad', 'perv', 'vtor'];

function differInPrefix(one: string, other: string): boolean {
  const first = TELLING.find((prefix) => one.startsWith(prefix));
  const second = TELLING.find((prefix) => other.startsWith(prefix));
  return first !== undefined && second !== undefined && first !== second;
}
