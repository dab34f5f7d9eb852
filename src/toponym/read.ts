import { foldings } from './fold.ts';
import type { SubjectMention } from './subjects.ts';
import { mentionedSubjects } from './subjects.ts';
import type { Token } from './tokens.ts';
import { tokenize } from './tokens.ts';

/** What surroundings make of a token: the settlement's name may be anything but a street, region or number. */
export type Surrounding = 'plain' | 'street' | 'streetRun' | 'region' | 'district' | 'area' | 'settlement';

/** An address, read: what each word is for, before anything is known about the places it may name. */
export interface ReadAddress {
  readonly tokens: readonly Token[];
  /** One for each token. */
  readonly surroundings: readonly Surrounding[];
  /** For a token in surrounding `settlement`: the types its settlement word may mean. */
  readonly types: readonly (readonly string[])[];
  readonly subjects: readonly SubjectMention[];
  /** Folded names of raions and districts. */
  readonly districts: readonly string[];
  /** Six-digit numbers. */
  readonly postcodes: readonly string[];
}

export function readAddress(address: string): ReadAddress {
  const tokens = tokenize(address);
  const surroundings: Surrounding[] = tokens.map(() => 'plain');
  const types: (readonly string[])[] = tokens.map(() => []);
  const districts: string[] = [];
  const subjects = mentionedSubjects(tokens);
  for (let at = 0; at < tokens.length; at += 1) {
    const word = tokens[at]?.word;
    if (word === undefined) continue;
    if (word.role === 'street' || word.role === 'area') markStreet(tokens, surroundings, at);
    else if (word.role === 'settlement') markSettlement(tokens, surroundings, types, at);
    else if (word.role === 'district') {
      const name = markBeside(tokens, surroundings, at, 'district');
      if (name !== undefined) districts.push(name);
    } else if (word.role === 'region') markBeside(tokens, surroundings, at, 'region');
  }
  for (const { start, end } of subjects) {
    for (let at = start; at < end; at += 1) surroundings[at] = 'region';
  }
  const postcodes = tokens.filter((token) => token.number && token.text.length === 6).map((token) => token.text);
  return { tokens, surroundings, types, subjects, districts, postcodes };
}

/** The ways to read a run of tokens as one name, the usual one first; at most a handful. */
export function spanFoldings(tokens: readonly Token[], start: number, end: number): readonly string[] {
  let folded: readonly string[] = [''];
  for (const token of tokens.slice(start, end)) {
    const ways = token.number ? [token.folded] : foldings(token.text);
    if (folded.length * ways.length > MOST_SPAN_READINGS) folded = folded.map((head) => head + (ways[0] ?? ''));
    else folded = folded.flatMap((head) => ways.map((way) => head + way));
  }
  return folded;
}

const MOST_SPAN_READINGS = 24;

/** A token that can be part of a name: a word that is not in the vocabulary, or an adjective like Novaya. */
export function isNamePart(token: Token | undefined): boolean {
  if (token === undefined || token.number) return false;
  return token.word === undefined || token.word.role === 'qualifier' || token.word.role === 'date';
}

/** Whether a number can be a house's: short, and not the beginning of a date or jubilee (8 Marta, 40 let Pobedy). */
export function isHouseNumber(token: Token | undefined, next?: Token): boolean {
  return token?.number === true && token.text.length <= 4 && next?.word?.role !== 'date';
}

function sameSegment(tokens: readonly Token[], one: number, other: number): boolean {
  return tokens[one] !== undefined && tokens[one]?.segment === tokens[other]?.segment;
}

/** The name after a street word, else the one before it, with the words that belong to it further along. */
function markStreet(tokens: readonly Token[], surroundings: Surrounding[], at: number): void {
  const word = tokens[at]?.word;
  const kind = word?.role === 'area' ? 'area' : 'street';
  // mkr 5, kvartal 12: the number is the name.
  if (kind === 'area' && tokens[at + 1]?.number === true && sameSegment(tokens, at, at + 1)) return;
  const before = sameSegment(tokens, at - 1, at) && isNamePart(tokens[at - 1]);
  const after = startsStreetName(tokens, at);
  const follows = word?.follows === true;
  if (before && (follows || !after || (isAdjective(tokens[at - 1]) && !streetEndsInNumber(tokens, at)))) {
    markRun(tokens, surroundings, at, -1, kind);
  } else if (after && !(follows && kind === 'street' && tokens[at]?.folded === 'st')) {
    markRun(tokens, surroundings, at, 1, kind);
  }
}

function startsStreetName(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  if (next === undefined || !sameSegment(tokens, at, at + 1)) return false;
  if (!next.number) return isNamePart(next) || next.word?.role === 'title';
  // ul. 8 Marta, but not prospekt 82 and not ul 5 kv 3
  return sameSegment(tokens, at, at + 2) && isNamePart(tokens[at + 2]) && (tokens[at + 2]?.folded.length ?? 0) > 2;
}

function isAdjective(token: Token | undefined): boolean {
  return token !== undefined && /(?:aa|a|i|ski|skoi|oe)$/.test(token.folded) && token.folded.length > 4;
}

function streetEndsInNumber(tokens: readonly Token[], at: number): boolean {
  for (let next = at + 1; sameSegment(tokens, at, next); next += 1) {
    if (isHouseNumber(tokens[next]) && next > at + 1) return true;
    const token = tokens[next];
    if (token !== undefined && token.word !== undefined && !['qualifier', 'title'].includes(token.word.role))
      return false;
  }
  // Nothing more in this part: a house number opens the next one.
  let next = at + 1;
  while (sameSegment(tokens, at, next)) next += 1;
  return isHouseNumber(tokens[next]) || tokens[next]?.word?.role === 'house';
}

/** The nearest name word is the street's for certain, those behind it perhaps. */
function markRun(
  tokens: readonly Token[],
  surroundings: Surrounding[],
  at: number,
  step: 1 | -1,
  kind: 'street' | 'area',
): void {
  let certain = true;
  for (let next = at + step; sameSegment(tokens, at, next); next += step) {
    const token = tokens[next];
    if (token === undefined) return;
    if (token.number) {
      if (certain && step === 1 && next === at + 1) continue;
      return;
    }
    const initial = token.word === undefined && token.folded.length === 1;
    const title = token.word?.role === 'title' || initial;
    if (!title && !isNamePart(token)) return;
    if (certain) surroundings[next] = kind;
    else if (surroundings[next] === 'plain') surroundings[next] = 'streetRun';
    // Titles, initials, qualifiers and ordinal endings (2-ya) only lead up to the name.
    const ordinal = token.hyphened && tokens[next - 1]?.number === true;
    const leads = title || (step === 1 && (token.word?.role === 'qualifier' || ordinal));
    const tiedOn = step === 1 ? tokens[next + 1]?.tied === true : token.tied;
    if (!leads && !tiedOn) certain = false;
  }
}

function markSettlement(
  tokens: readonly Token[],
  surroundings: Surrounding[],
  types: (readonly string[])[],
  at: number,
): void {
  const word = tokens[at]?.word;
  if (word === undefined) return;
  const step = word.follows || !nameFollows(tokens, at) ? -1 : 1;
  const beside = tokens[at + step];
  if (!sameSegment(tokens, at, at + step) || !isNamePart(beside)) return;
  // "Novy gorod" is a quarter, "St Petersburg" a saint.
  if (step === -1 && beside?.word?.role === 'qualifier') return;
  if (step === 1 && tokens[at]?.folded === 'st' && beside?.folded.startsWith('peter') === true) return;
  // "Lenina st", "Lenina d": a short word behind a name is a street or a house.
  if (step === -1 && (tokens[at]?.folded.length ?? 0) === 1 && tokens[at]?.folded !== 'g') return;
  if (step === -1 && tokens[at]?.folded === 'st') {
    surroundings[at - 1] = 'street';
    return;
  }
  for (let next = at + step; sameSegment(tokens, at, next) && isNamePart(tokens[next]); next += step) {
    if (surroundings[next] !== 'plain' && surroundings[next] !== 'streetRun') return;
    surroundings[next] = 'settlement';
    types[next] = word.types;
    const tiedOn = step === 1 ? tokens[next + 1]?.tied === true : tokens[next]?.tied === true;
    if (!tiedOn && tokens[next]?.word?.role !== 'qualifier') return;
  }
}

function nameFollows(tokens: readonly Token[], at: number): boolean {
  return sameSegment(tokens, at, at + 1) && isNamePart(tokens[at + 1]);
}

/** Marks the name beside a region or district word, the one before it first, and gives it back folded. */
function markBeside(
  tokens: readonly Token[],
  surroundings: Surrounding[],
  at: number,
  kind: 'region' | 'district',
): string | undefined {
  for (const step of [-1, 1] as const) {
    let next = at + step;
    if (tokens[next]?.folded === 'of') next += step;
    const token = tokens[next];
    if (token === undefined || !sameSegment(tokens, at, next) || !isNamePart(token)) continue;
    if (surroundings[next] === 'street' || surroundings[next] === 'settlement') continue;
    surroundings[next] = kind;
    return token.folded;
  }
  return undefined;
}
