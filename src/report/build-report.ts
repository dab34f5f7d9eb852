import { textOfStatus } from '../address/status-texts.ts';
import type { Language } from '../languages.ts';
import type { Tally } from '../pipeline/tally.ts';
import { adviceOn, meaningOf } from './advice.ts';
import type { FailedInput } from './failed-input.ts';
import { type Findings, noVerdicts, sumOf } from './findings.ts';
import type { CityRows, CodFindings, Earlier, Reason, Report, ReportInput, StatusRows, SubjectRows } from './report.ts';
import type { Summary } from './summary.ts';

/** All that a report is made of. */
export interface ReportFacts {
  readonly summary: Summary;
  readonly tally: Tally;
  readonly findings: Findings;
  readonly inputs: readonly ReportInput[];
  readonly failedInputs?: readonly FailedInput[];
  /** Whether `gorod run` would stop at broken rows, which were counted here. */
  readonly stopsRun?: boolean;
  readonly language: Language;
  /** Names of the federal subjects by their two digits. */
  readonly subjectNames: ReadonlyMap<string, string>;
  readonly earlier: Earlier | undefined;
}

/** Cities that a report lists; the others are counted. */
const LISTED_CITIES = 200;

/** Puts the report of a finished job together. */
export function buildReport(facts: ReportFacts): Report {
  const { summary, tally, findings, language, earlier } = facts;
  const { verdicts: _verdicts, statuses: _statuses, settings: _settings, ...counts } = summary;
  return {
    format: 'gorod-report',
    formatVersion: 1,
    language,
    inputs: facts.inputs,
    ...(facts.failedInputs === undefined || facts.failedInputs.length === 0
      ? {}
      : { failedInputs: facts.failedInputs }),
    ...counts,
    fallbacks: tally.fallbacks,
    verdicts: { ...noVerdicts(), ...Object.fromEntries(tally.verdicts) },
    statuses: statusRows(findings, language),
    reasons: reasons(facts),
    unlistedReasonRows: findings.sums.unlistedReasonRows,
    orderErrors: Object.fromEntries([...tally.orderErrors].sort(([, a], [, b]) => b - a)),
    cod: codFindings(findings),
    contradictions: { rows: findings.sums.contradictionRows, listed: findings.contradictions },
    destinations: { subjects: subjectRows(facts), unplacedRows: findings.sums.unplacedRows },
    postcodesTaken: tally.postcodesTaken,
    unpaid: tally.unpaid,
    ...(earlier === undefined ? {} : { earlier }),
  };
}

function statusRows({ statuses }: Findings, language: Language): readonly StatusRows[] {
  const rows = [...statuses].map(([status, verdicts]): StatusRows => {
    const meaning = textOfStatus(status, language);
    return { status, ...(meaning === undefined ? {} : { meaning }), rows: sumOf(verdicts), verdicts };
  });
  return rows.sort(mostRowsFirst);
}

function reasons({ findings, language, stopsRun }: ReportFacts): readonly Reason[] {
  const listed = [...findings.reasons.values()].map((reason): Reason => {
    const meaning = meaningOf(reason, language);
    const advice = adviceOn(reason, language, stopsRun);
    return { ...reason, ...(meaning === undefined ? {} : { meaning }), ...(advice === undefined ? {} : { advice }) };
  });
  return listed.sort(mostRowsFirst);
}

function codFindings({ overLimit, sums }: Findings): CodFindings {
  const cities = [...overLimit.values()].sort((a, b) => b.kopecks - a.kopecks);
  const unlisted = cities.slice(LISTED_CITIES).reduce((sum, { rows }) => sum + rows, 0);
  return {
    rows: sums.codRows,
    rub: sums.codKopecks / 100,
    overLimitRows: sums.overLimitRows,
    overLimitRub: sums.overLimitKopecks / 100,
    cities: cities
      .slice(0, LISTED_CITIES)
      .map(({ cityCode, city, region, limit, rows, kopecks, examples }): CityRows => {
        return {
          ...(cityCode === undefined ? {} : { cityCode }),
          ...(city === undefined ? {} : { city }),
          ...(region === undefined ? {} : { region }),
          ...(limit === undefined ? {} : { limitRub: limit }),
          rows,
          rub: kopecks / 100,
          examples: examples.map((one) => ({ file: one.file, line: one.line, rub: one.kopecks / 100 })),
        };
      }),
    unlistedRows: sums.unlistedOverLimitRows + unlisted,
  };
}

function subjectRows({ findings, subjectNames }: ReportFacts): readonly SubjectRows[] {
  const rows = [...findings.subjects].map(([code, { name, verdicts }]): SubjectRows => {
    return { code, name: subjectNames.get(code) ?? name ?? code, rows: sumOf(verdicts), verdicts };
  });
  return rows.sort(mostRowsFirst);
}

function mostRowsFirst(a: { readonly rows: number }, b: { readonly rows: number }): number {
  return b.rows - a.rows;
}
