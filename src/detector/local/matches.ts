import type { Place } from '../../gazetteer/gazetteer.ts';
import { letterMask } from '../../toponym/compare.ts';
import type { ReadAddress } from '../../toponym/read.ts';
import { spanFoldings } from '../../toponym/read.ts';
import { NAME_WEIGHTS } from '../../toponym/thresholds.ts';
import { isNamePart, type Token } from '../../toponym/tokens.ts';
import { contextWeight } from './context.ts';
import { type NearName, type NearNames, nearNames } from './near-names.ts';
import type { NameEntry, PlaceIndex } from './place-index.ts';

/** A run of an address's tokens. */
export interface Span {
  /** First token, and the one behind the last. */
  readonly start: number;
  readonly end: number;
}

/** A run of the address's tokens that may name a place. */
export interface Match extends Span {
  readonly place: Place;
  readonly folded: string;
  /** 1 for equal folds, less for other habits, shortened first words and errors of spelling. */
  readonly similarity: number;
  /** Edit cost; 0 where the folds are equal. */
  readonly cost: number;
  /** Whether the usual fold is that of a whole name; false for other habits, shortened words and misspellings. */
  readonly exact: boolean;
  /** `similarity` times what the surroundings say, 0 to 1. */
  readonly score: number;
}

const MOST_WORDS = 5;
const MOST_FUZZY_WORDS = 3;

/** Narrows a search down. */
export interface SearchOptions {
  /** Tokens that a match must overlap. */
  readonly within?: Span;
  /** Dearer matches are of no interest; without it only the length decides. */
  readonly ceiling?: number;
  /** Where misspelled names are looked up; without it nothing is remembered. */
  readonly near?: NearNames | undefined;
}

/** Matches of names that fold exactly as the address does. Those that the surroundings rule out are left out. */
export function exactMatches(read: ReadAddress, index: PlaceIndex): readonly Match[] {
  const matches: Match[] = [];
  for (const span of spans(read, MOST_WORDS, { letters: index.letters })) {
    for (const entry of index.exact(span.folded) ?? []) {
      add(matches, read, span, { entry, similarity: entry.weight, cost: 0, exact: true });
    }
  }
  return matches;
}

/** Matches by other spelling habits and of names whose first word is shortened. */
export function habitMatches(read: ReadAddress, index: PlaceIndex, { within }: SearchOptions = {}): readonly Match[] {
  const matches: Match[] = [];
  for (const span of spans(read, MOST_WORDS, { within })) {
    const { start, end } = span;
    if (end - start > 1 && (read.tokens[start]?.folded.length ?? 0) <= 4) {
      for (const entry of index.shortened(span.folded) ?? []) {
        add(matches, ignoring(read, span), span, { entry, similarity: entry.weight, cost: 0, exact: false });
      }
    }
    if (end - start > MOST_FUZZY_WORDS) continue;
    for (const other of spanFoldings(read.tokens, start, end).slice(1)) {
      for (const entry of index.exact(other) ?? []) {
        const similarity = entry.weight * NAME_WEIGHTS.reading;
        add(matches, read, span, { entry, similarity, cost: 0, exact: false });
      }
    }
  }
  return matches;
}

/**
 * The address without what a shortened first word passed for: `Nab. Chelny` is no embankment, `P. Kamchatsky` no
 * village.
 */
function ignoring(read: ReadAddress, { start, end }: Span): ReadAddress {
  if (read.tokens[start]?.word === undefined) return read;
  const surroundings = read.surroundings.map((one, at) =>
    at >= start && at < end && one !== 'region' ? 'plain' : one,
  );
  return { ...read, surroundings };
}

/** Matches of names that are spelled nearly so, within the cost that their length allows: the best of each name. */
export function fuzzyMatches(
  read: ReadAddress,
  index: PlaceIndex,
  { within, ceiling, near = nearNames }: SearchOptions = {},
): readonly Match[] {
  const best = new Map<NameEntry, Match>();
  for (const span of spans(read, MOST_FUZZY_WORDS, { within })) {
    const { start, end } = span;
    if (!isNamePart(read.tokens[start]) || !isNamePart(read.tokens[end - 1])) continue;
    if (contextWeight(read, start, end, undefined) === 0) continue;
    for (const folded of spanFoldings(read.tokens, start, end).slice(0, MOST_FUZZY_READINGS)) {
      for (const { entry, cost } of near(folded, index, ceiling)) {
        const similarity = entry.weight * (1 - cost / Math.max(folded.length, entry.folded.length));
        const match = matchOf(read, span, { entry, similarity, cost, exact: false });
        if (match !== undefined && match.score > (best.get(entry)?.score ?? 0)) best.set(entry, match);
      }
    }
  }
  return [...best.values()];
}

const MOST_FUZZY_READINGS = 6;

/** A name that was found, before its surroundings were asked. */
interface Found extends NearName {
  readonly similarity: number;
  readonly exact: boolean;
}

function add(matches: Match[], read: ReadAddress, span: Span, found: Found): void {
  const match = matchOf(read, span, found);
  if (match !== undefined) matches.push(match);
}

function matchOf(read: ReadAddress, { start, end }: Span, found: Found): Match | undefined {
  const { entry, similarity, cost, exact } = found;
  const context = contextWeight(read, start, end, entry.place);
  if (context === 0) return undefined;
  return { place: entry.place, folded: entry.folded, start, end, similarity, cost, exact, score: similarity * context };
}

interface FoldedSpan extends Span {
  readonly folded: string;
}

/** What a run of tokens must be to be of interest. */
interface Wanted {
  readonly within?: Span | undefined;
  /** Letter masks, one of which it has. */
  readonly letters?: ReadonlySet<number>;
}

/** The runs of up to `mostWords` tokens that stand in one part of the address. */
function spans({ tokens }: ReadAddress, mostWords: number, { within, letters }: Wanted): readonly FoldedSpan[] {
  const masks = tokens.map((token) => letterMask(token.folded));
  const found: FoldedSpan[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    const segment = tokens[start]?.segment;
    const last = Math.min(start + mostWords, tokens.length);
    let mask = 0;
    for (let end = start + 1; end <= last && tokens[end - 1]?.segment === segment; end += 1) {
      mask |= masks[end - 1] ?? 0;
      if (letters !== undefined && !letters.has(mask)) continue;
      if (within !== undefined && (start >= within.end || end <= within.start)) continue;
      found.push({ start, end, folded: foldedRun(tokens, start, end) });
    }
  }
  return found;
}

function foldedRun(tokens: readonly Token[], start: number, end: number): string {
  let folded = '';
  for (let at = start; at < end; at += 1) folded += tokens[at]?.folded ?? '';
  return folded;
}
