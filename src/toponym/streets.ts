import type { Token } from './tokens.ts';
import { isHouseNumber, isNamePart, sameSegment } from './tokens.ts';

/**
 * What a token is by the words around it. `street`: the name of one; `streetRun`: further along behind a street word;
 * `area`, `district`, `region`, `settlement`: the name beside such a word; `plain`: nothing says.
 */
export type Surrounding = 'plain' | 'street' | 'streetRun' | 'region' | 'district' | 'area' | 'settlement';

/**
 * Marks the name that the street or area word at `at` belongs to: the one after it, else the one before, with the words
 * further along that may be part of it.
 */
export function markStreet(tokens: readonly Token[], surroundings: Surrounding[], at: number): void {
  const word = tokens[at]?.word;
  const kind = word?.role === 'area' ? 'area' : 'street';
  // mkr 5, kvartal 12: the number is the name.
  if (kind === 'area' && tokens[at + 1]?.number === true && sameSegment(tokens, at, at + 1)) return;
  if (closesStreet(tokens, surroundings, at)) return;
  const before = sameSegment(tokens, at - 1, at) && isNamePart(tokens[at - 1]);
  const after = startsStreetName(tokens, at);
  const follows = word?.follows === true;
  if (before && (follows || !after || ownsNameBefore(tokens, at))) {
    markRun(tokens, surroundings, at, -1, kind);
  } else if (after && !(follows && kind === 'street' && tokens[at]?.folded === 'st')) {
    markRun(tokens, surroundings, at, 1, kind);
  }
}

/** A second word for a street that has its name: Votkinskoe shosse str. */
function closesStreet(tokens: readonly Token[], surroundings: readonly Surrounding[], at: number): boolean {
  return (
    sameSegment(tokens, at - 2, at) && tokens[at - 1]?.word?.role === 'street' && surroundings[at - 2] === 'street'
  );
}

/** Whether the name before a street word that another name follows is the street's all the same. */
function ownsNameBefore(tokens: readonly Token[], at: number): boolean {
  const name = tokens[at - 1];
  if (sameSegment(tokens, at - 2, at) && tokens[at - 2]?.word?.role === 'title') return true;
  if (isAdjective(name) && !streetEndsInNumber(tokens, at)) return true;
  // Rybnikov pereulok 1 Moskva. Before `ul. 1 Sadovaya` stands Saratov as well.
  const lane = ['pereulok', 'per', 'prospekt', 'proezd', 'bulvar'].includes(tokens[at]?.folded ?? '');
  return lane && /[oe]v$|in$/.test(name?.folded ?? '') && tokens[at + 1]?.number === true && !tokens[at + 2]?.hyphened;
}

function startsStreetName(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  if (next === undefined || !sameSegment(tokens, at, at + 1)) return false;
  if (!next.number) return isNamePart(next) || next.word?.role === 'title';
  if (isBuildingWord(tokens, at)) return false;
  // ul. 8 Marta, but not prospekt 82 and not ul 5 kv 3
  return sameSegment(tokens, at, at + 2) && isNamePart(tokens[at + 2]) && (tokens[at + 2]?.folded.length ?? 0) > 2;
}

/** `str. 4 Moskva`, `bld 1 Moskva`: the building, which ends at its number. A date or an ordinal is a name. */
function isBuildingWord(tokens: readonly Token[], at: number): boolean {
  if (!BUILDING_WORDS.includes(tokens[at]?.folded ?? '')) return false;
  return tokens[at + 2]?.word?.role !== 'date' && tokens[at + 2]?.hyphened !== true;
}

/** Folded. */
const BUILDING_WORDS = ['str', 'st', 'bld'];

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
