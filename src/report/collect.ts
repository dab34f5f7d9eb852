import type { CdekCity } from '../address/detection.ts';
import { renderMessage } from '../address/messages.ts';
import { noteOf, type Outcome } from '../address/outcome.ts';
import { textOfStatus } from '../address/status-texts.ts';
import type { Verdict } from '../address/verdict.ts';
import type { Language } from '../languages.ts';
import type { CollectedRow, Collector } from '../pipeline/collector.ts';
import {
  addFindings,
  type Contradiction,
  type Example,
  emptyFindings,
  entry,
  type Findings,
  LIMITS,
  noVerdicts,
  restoreFindings,
  saveFindings,
} from './findings.ts';
import { type ReasonKind, reasonKey, reasonOf } from './reason.ts';

export interface CollectorOptions {
  /** The name under which the report tells of the file, without its folder. */
  readonly file: string;
  /** Of the messages in examples. */
  readonly language: Language;
}

/** A collector for the rows of one file. */
export interface FindingsCollector extends Collector {
  readonly options: CollectorOptions;
  readonly findings: () => Findings;
}

/** Collects what a report tells of the rows of one file. */
export function findingsCollector(options: CollectorOptions): FindingsCollector {
  const findings = emptyFindings();
  return {
    options,
    findings: () => findings,
    add: (row) => addRow(findings, row, options),
    save: () => saveFindings(findings),
    addSaved: (saved) => addFindings(findings, restoreFindings(saved)),
    forPart: () => findingsCollector(options),
  };
}

function addRow(findings: Findings, row: CollectedRow, options: CollectorOptions): void {
  const { status, verdict } = row.judgement;
  increment(entry(findings.statuses, plain(status), LIMITS.statuses, noVerdicts), verdict);
  addDestination(findings, row);
  if (row.query !== undefined && row.query.codRub > 0) {
    findings.sums.codRows += 1;
    findings.sums.codKopecks += kopecks(row.query.codRub);
  }
  if (status === 'COD_LIMIT_EXCEEDED') addOverLimit(findings, row, options);
  addReason(findings, row, options);
  addContradiction(findings, row, options);
}

function addDestination(findings: Findings, { outcome, judgement }: CollectedRow): void {
  const city = cityOf(outcome);
  const code = city === undefined ? undefined : subjectCode(city);
  const found =
    code === undefined
      ? undefined
      : entry(findings.subjects, code, LIMITS.subjects, () => ({
          name: plain(city?.region),
          verdicts: noVerdicts(),
        }));
  if (found === undefined) findings.sums.unplacedRows += 1;
  else increment(found.verdicts, judgement.verdict);
}

/** Answers of different detectors spell it in different fields. A KLADR code begins with its subject nearly always. */
function subjectCode({ regionCodeExt, kladr }: CdekCity): string | undefined {
  const code = regionCodeExt?.padStart(2, '0') ?? kladr?.slice(0, 2);
  return code !== undefined && /^\d\d$/.test(code) ? code : undefined;
}

function addOverLimit(
  findings: Findings,
  { row, query, outcome, judgement }: CollectedRow,
  { file }: CollectorOptions,
) {
  const city = cityOf(outcome);
  const asked = kopecks(query?.codRub ?? 0);
  findings.sums.overLimitRows += 1;
  findings.sums.overLimitKopecks += asked;
  const found = entry(findings.overLimit, city?.cityCode ?? '', LIMITS.cities, () => ({
    cityCode: plain(city?.cityCode),
    city: plain(city?.cityName),
    region: plain(city?.region),
    limit: judgement.paymentLimit,
    rows: 0,
    kopecks: 0,
    examples: [],
  }));
  if (found === undefined) {
    findings.sums.unlistedOverLimitRows += 1;
    return;
  }
  found.rows += 1;
  found.kopecks += asked;
  if (found.examples.length < LIMITS.examples) found.examples.push({ file, line: row.line, kopecks: asked });
}

function addReason(findings: Findings, row: CollectedRow, options: CollectorOptions): void {
  const reason = reasonOf(row);
  if (reason === undefined) return;
  const kind = { ...reason, status: plain(reason.status) };
  const found = entry(findings.reasons, reasonKey(kind), LIMITS.reasons, () => ({ ...kind, rows: 0, examples: [] }));
  if (found === undefined) {
    findings.sums.unlistedReasonRows += 1;
    return;
  }
  found.rows += 1;
  if (found.examples.length < LIMITS.examples) found.examples.push(example(row, kind, options));
}

function example(
  { row, query, outcome, judgement }: CollectedRow,
  { detail }: ReasonKind,
  { file, language }: CollectorOptions,
): Example {
  // For a code that gorod does not know the message is the API's own, which may repeat the address.
  const known = textOfStatus(judgement.status, language);
  // That the gazetteer is short says the advice once for all rows.
  const own = detail === 'gazetteer-short' ? known : renderMessage(outcome, judgement, language);
  const place = placeOf(outcome);
  return {
    file,
    line: row.line,
    ...(query === undefined ? {} : { postcode: query.postcode }),
    ...(place === undefined ? {} : { place: plain(place) }),
    message: known === undefined ? '' : plain(own ?? '', 400),
  };
}

function placeOf(outcome: Outcome): string | undefined {
  if (outcome.kind !== 'answered') return undefined;
  const { detection } = outcome;
  const note = noteOf(outcome);
  const named = note !== undefined && 'named' in note ? note.named : undefined;
  return detection.detected_cdek_city?.cityName ?? detection.detected_fias_city?.formal_name ?? named;
}

function addContradiction(findings: Findings, row: CollectedRow, { file }: CollectorOptions): void {
  const found = contradictionOf(row, file);
  if (found === undefined) return;
  findings.sums.contradictionRows += 1;
  if (findings.contradictions.length < LIMITS.contradictions) findings.contradictions.push(found);
}

function contradictionOf({ row, query, outcome, judgement }: CollectedRow, file: string): Contradiction | undefined {
  if (outcome.kind !== 'answered' || query === undefined) return undefined;
  const { remark } = outcome;
  const note = noteOf(outcome);
  const where = { file, line: row.line, verdict: judgement.verdict, postcode: query.postcode };
  if (note?.kind === 'elsewhere') {
    return {
      ...where,
      ...(note.postcodePlace === undefined ? {} : { postcodePlace: plain(note.postcodePlace) }),
      namedPlace: plain(note.named),
      ...(note.namedPostcode === undefined ? {} : { namedPostcode: plain(note.namedPostcode) }),
    };
  }
  if (remark?.kind !== 'address-has-another') return undefined;
  const place = placeOf(outcome);
  return { ...where, ...(place === undefined ? {} : { postcodePlace: plain(place) }), namedPostcode: remark.postcode };
}

function cityOf(outcome: Outcome): CdekCity | undefined {
  return outcome.kind === 'answered' ? outcome.detection.detected_cdek_city : undefined;
}

function kopecks(roubles: number): number {
  return Math.round(roubles * 100);
}

function increment(counts: Record<Verdict, number> | undefined, verdict: Verdict): void {
  if (counts !== undefined) counts[verdict] += 1;
}

/** A text of an answer as a report may hold it: bounded, on one line, in one direction. */
function plain(text: string, most?: number): string;
function plain(text: string | undefined, most?: number): string | undefined;
function plain(text: string | undefined, most = 100): string | undefined {
  const clean = text?.replace(/\p{Cc}+|\p{Bidi_Control}/gu, ' ');
  return clean !== undefined && clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}
