import type { Verdict } from '../address/verdict.ts';
import type { ReasonKind } from './reason.ts';

/** Rows by what is to be done with them. */
export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** One row as a report names it. Never its address, its recipient or a text of the API, which may hold them. */
export interface Example {
  readonly file: string;
  /** The line, from 1, on which the row begins. */
  readonly line: number;
  /** Six digits; absent where the row has none that can be asked. */
  readonly postcode?: string;
  /** The place that was found, or that the address names. */
  readonly place?: string;
  /** In the language of the job. */
  readonly message: string;
}

/** Rows that are not accepted for the same reason. */
export interface ReasonFound extends ReasonKind {
  rows: number;
  readonly examples: Example[];
}

/** A row whose postcode and address mean different places. */
export interface Contradiction {
  readonly file: string;
  readonly line: number;
  readonly verdict: Verdict;
  /** The postcode that was asked, and the place it belongs to where that is one. */
  readonly postcode: string;
  readonly postcodePlace?: string;
  /** The other reading: the place that the address names, or the other postcode that stands in it. */
  readonly namedPlace?: string;
  readonly namedPostcode?: string;
}

/** Rows of one city that ask for more cash on delivery than may be collected there. */
export interface CityOverLimit {
  /** Undefined where the answer told no city. */
  readonly cityCode: string | undefined;
  readonly city: string | undefined;
  readonly region: string | undefined;
  /** Roubles; 0 where none may be collected, undefined where the answer told no limit. */
  readonly limit: number | undefined;
  rows: number;
  /** What the rows ask for, in kopecks: whole numbers add up without error. */
  kopecks: number;
  readonly examples: { readonly file: string; readonly line: number; readonly kopecks: number }[];
}

export interface SubjectFound {
  /** The region's name as an answer had it, for a code that nothing else explains. */
  readonly name: string | undefined;
  readonly verdicts: Record<Verdict, number>;
}

/** What a report tells of the rows beyond the counts of the tally. Bounded, however many rows there are. */
export interface Findings {
  /** By status. */
  readonly statuses: Map<string, Record<Verdict, number>>;
  /** By the two digits of the federal subject that the row goes to. */
  readonly subjects: Map<string, SubjectFound>;
  /** By verdict, status and detail. */
  readonly reasons: Map<string, ReasonFound>;
  /** By city code. */
  readonly overLimit: Map<string, CityOverLimit>;
  readonly contradictions: Contradiction[];
  readonly sums: Sums;
}

/** Rows and kopecks over all. */
export interface Sums {
  /** Rows that go to a federal subject unknown. */
  unplacedRows: number;
  /** Rows whose reason found no room among `reasons`. */
  unlistedReasonRows: number;
  codRows: number;
  codKopecks: number;
  overLimitRows: number;
  overLimitKopecks: number;
  /** Of these, the rows whose city found no room among `overLimit`. */
  unlistedOverLimitRows: number;
  contradictionRows: number;
}

/** How much is kept; what goes beyond is counted. */
export const LIMITS = {
  statuses: 64,
  subjects: 128,
  reasons: 64,
  examples: 5,
  cities: 1000,
  contradictions: 100,
} as const;

export function noVerdicts(): Record<Verdict, number> {
  return { accept: 0, review: 0, reject: 0, retry: 0 };
}

export function emptyFindings(): Findings {
  return {
    statuses: new Map(),
    subjects: new Map(),
    reasons: new Map(),
    overLimit: new Map(),
    contradictions: [],
    sums: {
      unplacedRows: 0,
      unlistedReasonRows: 0,
      codRows: 0,
      codKopecks: 0,
      overLimitRows: 0,
      overLimitKopecks: 0,
      unlistedOverLimitRows: 0,
      contradictionRows: 0,
    },
  };
}

/** Adds what one file showed to what the files before it did, within the same limits. */
export function addFindings(total: Findings, part: Findings): void {
  for (const [status, verdicts] of part.statuses) {
    addVerdicts(entry(total.statuses, status, LIMITS.statuses, noVerdicts), verdicts);
  }
  for (const [code, { name, verdicts }] of part.subjects) {
    const found = entry(total.subjects, code, LIMITS.subjects, () => ({ name, verdicts: noVerdicts() }));
    if (found === undefined) total.sums.unplacedRows += sumOf(verdicts);
    else addVerdicts(found.verdicts, verdicts);
  }
  for (const [key, reason] of part.reasons) {
    const found = entry(total.reasons, key, LIMITS.reasons, () => ({ ...reason, rows: 0, examples: [] }));
    if (found === undefined) total.sums.unlistedReasonRows += reason.rows;
    else {
      found.rows += reason.rows;
      found.examples.push(...reason.examples.slice(0, LIMITS.examples - found.examples.length));
    }
  }
  for (const [key, city] of part.overLimit) {
    const found = entry(total.overLimit, key, LIMITS.cities, () => ({ ...city, rows: 0, kopecks: 0, examples: [] }));
    if (found === undefined) total.sums.unlistedOverLimitRows += city.rows;
    else {
      found.rows += city.rows;
      found.kopecks += city.kopecks;
      found.examples.push(...city.examples.slice(0, LIMITS.examples - found.examples.length));
    }
  }
  total.contradictions.push(...part.contradictions.slice(0, LIMITS.contradictions - total.contradictions.length));
  for (const name of Object.keys(part.sums) as (keyof Sums)[]) total.sums[name] += part.sums[name];
}

/** The entry of a key, made where there is none yet; undefined where there is no room for another. */
export function entry<T>(map: Map<string, T>, key: string, most: number, make: () => T): T | undefined {
  const known = map.get(key);
  if (known !== undefined) return known;
  if (map.size >= most) return undefined;
  const made = make();
  map.set(key, made);
  return made;
}

/** The findings as JSON values. */
export function saveFindings(findings: Findings): unknown {
  const { statuses, subjects, reasons, overLimit, contradictions, sums } = findings;
  return {
    statuses: [...statuses],
    subjects: [...subjects],
    reasons: [...reasons],
    overLimit: [...overLimit],
    contradictions,
    sums,
  };
}

/** The findings that `saveFindings` gave. */
export function restoreFindings(saved: unknown): Findings {
  const { statuses, subjects, reasons, overLimit, contradictions, sums } = saved as {
    readonly [Name in keyof Findings]: Findings[Name] extends Map<string, infer T> ? [string, T][] : Findings[Name];
  };
  return {
    statuses: new Map(statuses),
    subjects: new Map(subjects),
    reasons: new Map(reasons),
    overLimit: new Map(overLimit),
    contradictions,
    sums,
  };
}

export function sumOf(verdicts: VerdictCounts): number {
  return Object.values(verdicts).reduce((sum, rows) => sum + rows, 0);
}

function addVerdicts(total: Record<Verdict, number> | undefined, part: VerdictCounts): void {
  if (total === undefined) return;
  for (const verdict of Object.keys(part) as Verdict[]) total[verdict] += part[verdict];
}
