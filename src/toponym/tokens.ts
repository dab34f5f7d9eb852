import { foldWord } from './fold.ts';
import type { VocabularyWord } from './vocabulary.ts';
import { vocabularyWord } from './vocabulary.ts';

/** A word or a number of an address. */
export interface Token {
  /** As it is written. */
  readonly text: string;
  /** The usual fold of a word; a number as it is. */
  readonly folded: string;
  readonly number: boolean;
  /** Counts the parts between commas, brackets and line ends. */
  readonly segment: number;
  /** Joined to the token before it by a hyphen, slash or dot without a space. */
  readonly tied: boolean;
  /** Joined to it by a hyphen, or by nothing at all. */
  readonly hyphened: boolean;
  /** What the vocabulary says of it; undefined for numbers and for words that may be names. */
  readonly word: VocabularyWord | undefined;
}

/** An address is read up to so many characters and tokens: whatever its length, the time is bounded. */
export const LONGEST_ADDRESS = 1000;
export const MOST_TOKENS = 80;

/**
 * In brackets, so that splitting a text leaves the tokens between its gaps: gap, token, gap, token, gap. The list stays
 * flat: an object for each token would be thrown away at once.
 */
const TOKEN = /([\p{L}\p{M}]+(?:['’‘`´"”“′″·\u02b0-\u02ff]+[\p{L}\p{M}]+)*|\d+)/u;
const ENDS_SEGMENT = /[,;|()[\]{}\n\r\t\u2028\u3001\uff0c«»]|\s[-–—/]\s|\s-/u;

const HYPHEN = /^[-–—‑]?$/;
const TIE = /^[./\\]$/;

/** Cuts an address into tokens; abbreviations written with signs (r-n, г.о., ст-ца) come out as one. */
export function tokenize(address: string): readonly Token[] {
  const pieces = address.slice(0, LONGEST_ADDRESS).normalize('NFKC').slice(0, LONGEST_ADDRESS).split(TOKEN);
  const tokens: Token[] = [];
  let segment = 0;
  for (let gapAt = 0; gapAt + 1 < pieces.length && tokens.length < MOST_TOKENS; gapAt += 2) {
    const gap = tokens.length === 0 ? ' ' : (pieces[gapAt] ?? '');
    const text = pieces[gapAt + 1] ?? '';
    if (gap !== ' ' && ENDS_SEGMENT.test(gap)) segment += 1;
    const number = /^\d/.test(text);
    const folded = number ? text : foldWord(text);
    if (folded === '') continue;
    const hyphened = gap.length <= 1 && HYPHEN.test(gap);
    const tied = hyphened || (gap.length === 1 && TIE.test(gap));
    const word = number ? undefined : vocabularyWord(folded);
    const token = { text, folded, number, segment, tied, hyphened, word };
    const merged = tied && !number ? abbreviation(tokens.at(-1), token) : undefined;
    if (merged === undefined) tokens.push(token);
    else tokens[tokens.length - 1] = merged;
  }
  return tokens;
}

const LONGEST_ABBREVIATION = 6;

function abbreviation(before: Token | undefined, token: Token): Token | undefined {
  if (before === undefined || before.number) return undefined;
  const folded = before.folded + token.folded;
  if (folded.length > LONGEST_ABBREVIATION || before.folded.length > 4) return undefined;
  const word = vocabularyWord(folded);
  return word === undefined ? undefined : { ...before, text: `${before.text}-${token.text}`, folded, word };
}

/** A token that can be part of a name: a word that is not in the vocabulary, or an adjective like Novaya. */
export function isNamePart(token: Token | undefined): boolean {
  if (token === undefined || token.number) return false;
  return token.word === undefined || token.word.role === 'qualifier' || token.word.role === 'date';
}

/** Whether a number can be a house's: short, and not the beginning of a date or jubilee (8 Marta, 40 let Pobedy). */
export function isHouseNumber(token: Token | undefined, next?: Token): boolean {
  return token?.number === true && token.text.length <= 4 && next?.word?.role !== 'date';
}

/** Whether two tokens stand in the same part of the address. */
export function sameSegment(tokens: readonly Token[], one: number, other: number): boolean {
  return tokens[one] !== undefined && tokens[one]?.segment === tokens[other]?.segment;
}
