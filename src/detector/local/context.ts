import type { Place } from '../../gazetteer/gazetteer.ts';
import type { ReadAddress } from '../../toponym/read.ts';
import { CONTEXT_WEIGHTS } from '../../toponym/thresholds.ts';
import { isHouseNumber, isNamePart } from '../../toponym/tokens.ts';

/**
 * How far the surroundings of the tokens from `start` up to `end` allow them to be the settlement: 0 not at all, 1
 * certainly. `place` brings its settlement type where it is known.
 */
export function contextWeight(read: ReadAddress, start: number, end: number, place: Place | undefined): number {
  const { surroundings, tokens } = read;
  let weight: number = CONTEXT_WEIGHTS.plain;
  let settlement = false;
  for (let at = start; at < end; at += 1) {
    if (isRuledOut(read, at)) return 0;
    const surrounding = surroundings[at] ?? 'plain';
    if (surrounding === 'settlement') settlement = true;
    else if (surrounding === 'district') weight = Math.min(weight, districtWeight(read, at));
    else if (surrounding === 'area' && isQuarter(place)) settlement = true;
    else if (surrounding !== 'plain') weight = Math.min(weight, CONTEXT_WEIGHTS[surrounding]);
  }
  if (isPartOfName(read, start, end)) return CONTEXT_WEIGHTS.partOfName;
  if (hasNumberTied(read, end)) return CONTEXT_WEIGHTS.numberTied;
  if (settlement) return Math.min(weight === CONTEXT_WEIGHTS.plain ? 1 : weight, typeWeight(read, start, place));
  if (end - start === 1 && isBareVocabulary(read, start)) return 0;
  if (weight < CONTEXT_WEIGHTS.plain) return weight;
  const next = tokens[end];
  if (isHouseNumber(next, tokens[end + 1])) {
    if (next?.segment !== tokens[end - 1]?.segment) return CONTEXT_WEIGHTS.numberedAfterComma;
    return surroundings.includes('street') ? CONTEXT_WEIGHTS.numberedAfterComma : CONTEXT_WEIGHTS.numbered;
  }
  return standsAlone(read, start, end) ? CONTEXT_WEIGHTS.alone : weight;
}

/** Whether a token is the street's or region's, so that no run with it can be the settlement. */
export function isRuledOut({ surroundings }: ReadAddress, at: number): boolean {
  return surroundings[at] === 'street' || surroundings[at] === 'region';
}

/**
 * A district may stand for its town where the address names no settlement besides and the name is the town's own
 * (Adler district, not Sovetsky district).
 */
function districtWeight(read: ReadAddress, at: number): number {
  const adjective = read.tokens[at]?.folded.endsWith('ski') === true;
  return adjective || read.surroundings.includes('settlement') ? CONTEXT_WEIGHTS.partOfName : CONTEXT_WEIGHTS.district;
}

function isQuarter(place: Place | undefined): boolean {
  return place !== undefined && (place.settlementType === 'мкр' || /мкр/iu.test(place.name));
}

function typeWeight(read: ReadAddress, start: number, place: Place | undefined): number {
  const types = read.types[start] ?? [];
  const type = place?.settlementType?.replace(/\.$/, '');
  if (type === undefined || types.length === 0 || types.includes(type)) return CONTEXT_WEIGHTS.settlement;
  return CONTEXT_WEIGHTS.otherType;
}

/** Novaya Alekseevka is not Alekseevka, nor is Alekseevka-Tovarnaya. */
function isPartOfName(read: ReadAddress, start: number, end: number): boolean {
  const { tokens, surroundings } = read;
  const before = tokens[start - 1];
  const first = tokens[start];
  if (before !== undefined && before.segment === first?.segment && surroundings[start - 1] !== 'street') {
    if (before.word?.role === 'qualifier') return true;
    if (first.hyphened && isNamePart(before) && surroundings[start - 1] !== 'region') return true;
  }
  const next = tokens[end];
  if (next?.hyphened !== true || next.segment !== tokens[end - 1]?.segment) return false;
  return isNamePart(next) && surroundings[end] !== 'street';
}

function hasNumberTied(read: ReadAddress, end: number): boolean {
  const next = read.tokens[end];
  return (
    next?.hyphened === true && next.number && next.text.length <= 2 && read.tokens[end - 1]?.segment === next.segment
  );
}

/** A word like Sloboda is a name only where it has a part of the address to itself. */
function isBareVocabulary(read: ReadAddress, at: number): boolean {
  const word = read.tokens[at]?.word;
  if (word === undefined || word.role === 'qualifier') return false;
  // Russia sounds like Ruza's alias Rusa.
  if (word.role === 'country') return true;
  return (read.tokens[at]?.folded.length ?? 0) < 3 || !standsAlone(read, at, at + 1);
}

function standsAlone(read: ReadAddress, start: number, end: number): boolean {
  const { tokens } = read;
  const segment = tokens[start]?.segment;
  for (let at = start - 1; tokens[at]?.segment === segment && at >= 0; at -= 1) {
    if (!isBeside(read, at)) return false;
  }
  for (let at = end; at < tokens.length && tokens[at]?.segment === segment; at += 1) {
    if (!isBeside(read, at)) return false;
  }
  return true;
}

/** What may share a part with the settlement: a postcode, the country, the region. */
function isBeside(read: ReadAddress, at: number): boolean {
  const token = read.tokens[at];
  if (token === undefined) return false;
  return (
    (token.number && token.text.length === 6) || token.word?.role === 'country' || read.surroundings[at] === 'region'
  );
}
