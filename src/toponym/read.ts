import { foldings } from './fold.ts';
import type { Surrounding } from './streets.ts';
import { markStreet } from './streets.ts';
import type { SubjectMention } from './subjects.ts';
import { mentionedSubjects } from './subjects.ts';
import type { Token } from './tokens.ts';
import { isNamePart, sameSegment, tokenize } from './tokens.ts';

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

/** Reads an address, Cyrillic or in any romanization. Total: any text gives a reading, perhaps one without tokens. */
export function readAddress(address: string): ReadAddress {
  const tokens = namesOfStreets(tokenize(address));
  const surroundings: Surrounding[] = tokens.map(() => 'plain');
  const types: (readonly string[])[] = tokens.map(() => NO_TYPES);
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
    } else if (word.role === 'region' && !opensSubject(tokens, subjects, at)) {
      markBeside(tokens, surroundings, at, 'region');
    }
  }
  for (const { start, end } of subjects) {
    for (let at = start; at < end; at += 1) surroundings[at] = 'region';
  }
  const postcodes = tokens.filter((token) => token.number && token.text.length === 6).map((token) => token.text);
  return { tokens, surroundings, types, subjects, districts, postcodes };
}

const NO_TYPES: readonly string[] = [];

/** The tokens, in which an adjective of administration right before a street word is its name: Gorodskoy lane. */
function namesOfStreets(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, at) =>
    token.word?.role === 'district' &&
    /sk(?:oi|oe|i)$/.test(token.folded) &&
    tokens[at + 1]?.word?.role === 'street' &&
    sameSegment(tokens, at, at + 1)
      ? { ...token, word: undefined }
      : token,
  );
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

/** Marks the name that a settlement word belongs to, with the types that the word may mean. */
function markSettlement(
  tokens: readonly Token[],
  surroundings: Surrounding[],
  types: (readonly string[])[],
  at: number,
): void {
  const word = tokens[at]?.word;
  if (word === undefined) return;
  if (isStreetAbbreviation(tokens, at)) {
    for (let name = at - 1; name >= at - 2; name -= 1) surroundings[name] = 'street';
    return;
  }
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

/** Leninskaya Sloboda st: a settlement word with a name is a street's name before `st`. */
function isStreetAbbreviation(tokens: readonly Token[], at: number): boolean {
  return (
    tokens[at]?.folded === 'st' &&
    tokens[at - 1]?.word?.role === 'settlement' &&
    isNamePart(tokens[at - 2]) &&
    sameSegment(tokens, at - 2, at)
  );
}

function nameFollows(tokens: readonly Token[], at: number): boolean {
  return sameSegment(tokens, at, at + 1) && isNamePart(tokens[at + 1]);
}

/** Whether a region word belongs to the subject's name behind it: Kazan Republic of Tatarstan. */
function opensSubject(tokens: readonly Token[], subjects: readonly SubjectMention[], at: number): boolean {
  const name = tokens[at + 1]?.folded === 'of' ? at + 2 : at + 1;
  return subjects.some(({ start }) => start === name) && sameSegment(tokens, at, name);
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
