import { fold } from './fold.ts';
import { NEIGHBOURING_SUBJECTS, SUBJECT_NAMES } from './subject-names.ts';
import type { Token } from './tokens.ts';

/** A run of tokens that names a federal subject. */
export interface SubjectMention {
  readonly code: string;
  readonly start: number;
  /** Behind the last token, the region word included. */
  readonly end: number;
}

const LONGEST_NAME = 5;

/** The subjects that a name can mean, by where it stands; see SubjectNames. */
interface Codes {
  readonly alone: string[];
  readonly beside: string[];
  readonly behind: string[];
}

/** Folds of the words that names of subjects begin with: at any other word nothing need be looked up. */
const beginnings = new Set<string>();
const named = new Map<string, Codes>();
for (const { code, alone, beside, behind = [] } of SUBJECT_NAMES) {
  for (const name of [...alone, ...behind]) entry(name).behind.push(code);
  for (const name of alone) entry(name).alone.push(code);
  for (const name of [...alone, ...beside]) entry(name).beside.push(code);
}

function entry(name: string): Codes {
  const folded = fold(name);
  beginnings.add(fold(name.split(/[ -]/)[0] ?? ''));
  const known = named.get(folded) ?? { alone: [], beside: [], behind: [] };
  named.set(folded, known);
  return known;
}

/** The federal subjects that an address names, longest names first taken. */
export function mentionedSubjects(tokens: readonly Token[]): readonly SubjectMention[] {
  const mentions: SubjectMention[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    if (!beginnings.has(tokens[start]?.folded ?? '')) continue;
    const found = mentionAt(tokens, start);
    const end = found[0]?.end;
    if (end === undefined) continue;
    mentions.push(...found);
    // A second name of the same subject: Kemerovo region - Kuzbass, Sakha (Yakutia).
    const again = named.get(tokens[end]?.folded ?? '')?.behind ?? [];
    for (const { code } of found) {
      if (again.includes(code)) mentions.push({ code, start: end, end: end + 1 });
    }
    start = end - 1;
  }
  return mentions;
}

function mentionAt(tokens: readonly Token[], start: number): readonly SubjectMention[] {
  for (let end = Math.min(start + LONGEST_NAME, tokens.length); end > start; end -= 1) {
    let folded = '';
    for (let at = start; at < end; at += 1) folded += tokens[at]?.folded ?? '';
    const entry = named.get(folded);
    if (entry === undefined || tokens[start]?.segment !== tokens[end - 1]?.segment) continue;
    const after = isRegionWord(tokens, end, start);
    const before =
      isRegionWord(tokens, start - 1, start) ||
      (tokens[start - 1]?.folded === 'of' && isRegionWord(tokens, start - 2, start));
    if (!after && !before) {
      if (entry.alone.length === 0 || isStreetWord(tokens, start - 1, start) || isStreetWord(tokens, end, start))
        continue;
      return entry.alone.map((code) => ({ code, start, end }));
    }
    return entry.beside.map((code) => ({ code, start, end: after ? end + 1 : end }));
  }
  return [];
}

function isRegionWord(tokens: readonly Token[], at: number, beside: number): boolean {
  const token = tokens[at];
  if (token === undefined || token.segment !== tokens[beside]?.segment) return false;
  // АО is a joint-stock company elsewhere.
  return token.word?.role === 'region' || token.folded === 'ao';
}

function isStreetWord(tokens: readonly Token[], at: number, beside: number): boolean {
  const token = tokens[at];
  return token?.word?.role === 'street' && token.segment === tokens[beside]?.segment;
}

/** Whether a mention of one of the subjects goes together with a place of `subjectCode`. */
export function agreesWithMentions(mentions: readonly SubjectMention[], subjectCode: string): boolean {
  if (mentions.length === 0) return true;
  return mentions.some(({ code }) => code === subjectCode || areNeighbours(code, subjectCode));
}

/** The same of every mention: an address that names two regions agrees with neither. */
export function agreesThroughout(mentions: readonly SubjectMention[], subjectCode: string): boolean {
  return mentions.every(({ start }) =>
    agreesWithMentions(
      mentions.filter((other) => other.start === start),
      subjectCode,
    ),
  );
}

/** Whether one subject is easily written for the other. */
export function areNeighbours(one: string, other: string): boolean {
  return NEIGHBOURING_SUBJECTS.some((group) => group.includes(one) && group.includes(other));
}

/** Whether a name alone is also a short way to write the subject: Samara for Samara oblast. */
export function isSubjectName(folded: string, code: string): boolean {
  const codes = named.get(folded);
  return codes?.beside.includes(code) === true || codes?.alone.includes(code) === true;
}
