import { renderLoggedMessage } from '../address/messages.ts';
import type { Outcome } from '../address/outcome.ts';
import { type Correction, correctedQuery, type SettledQuestion, settledQuestion } from '../address/override.ts';
import type { AddressQuery } from '../address/query.ts';
import { type JudgementRules, judge } from '../address/verdict.ts';
import type { KnownCity } from '../cache/known-city.ts';
import { inEach, type Texts } from '../languages.ts';
import { type Refused, refused } from './parse-fix.ts';
import type { FilledRow } from './read-fixes.ts';
import { contradictingLines, notAccepted, REFUSALS, unknownCity } from './refusals.ts';
import { taughtCity, taughtQuestion } from './taught.ts';

/** What was made of a filled row. */
export type Learnt = { readonly line: number } & (
  | {
      readonly kind: 'taken';
      readonly question: SettledQuestion;
      readonly correction: Correction;
      readonly what: Texts;
    }
  | Refused
);

/** What fixes are checked against. */
export interface Grounds {
  /** The city of a code; undefined where nobody knows one. */
  readonly cityOf: (code: string) => KnownCity | undefined;
  /** Asks a question of the detector that is in use, without what was learnt before. */
  readonly ask: (query: AddressQuery) => Promise<Outcome>;
  readonly rules: JudgementRules;
}

/**
 * Checks every filled row: a city has to be known, another question has to be answered and accepted. Rows that teach
 * different things about one question are all refused. In the order of `rows`.
 */
export async function settle(rows: readonly FilledRow[], grounds: Grounds): Promise<readonly Learnt[]> {
  const contested = contestedLines(rows);
  return Promise.all(rows.map((row) => settleRow(row, contested, grounds)));
}

async function settleRow(
  { line, query, fix }: FilledRow,
  contested: ReadonlyMap<number, readonly number[]>,
  grounds: Grounds,
): Promise<Learnt> {
  if (fix.kind === 'refused') return { line, ...fix };
  if (query === undefined) return { line, ...refused(REFUSALS.noQuestion) };
  const others = contested.get(line);
  if (others !== undefined) {
    return { line, ...refused(contradictingLines(others.join(', '))) };
  }
  const question = settledQuestion(query);
  if (fix.kind === 'city') {
    const city = grounds.cityOf(fix.code);
    const correction = city === undefined ? refused(unknownCity(fix.code)) : cityCorrection(city, query.fiasOnly);
    if (correction.kind === 'refused') return { line, ...correction };
    return { line, kind: 'taken', question, correction, what: taughtCity(fix.code, city?.city.cityName ?? '') };
  }
  const corrected = correctedQuery({ ...query, codRub: 0 }, fix);
  const outcome = await grounds.ask(corrected);
  const judgement = judge(outcome, corrected, grounds.rules);
  if (judgement.verdict !== 'accept') {
    const message = inEach((language) => renderLoggedMessage(outcome, judgement, language));
    return { line, ...refused(notAccepted(judgement.status, message)) };
  }
  return { line, kind: 'taken', question, correction: fix, what: taughtQuestion(cityName(outcome)) };
}

/** The lines that teach something else about their question than other lines do, with these. */
function contestedLines(rows: readonly FilledRow[]): ReadonlyMap<number, readonly number[]> {
  const byQuestion = new Map<string, { readonly line: number; readonly fix: string }[]>();
  for (const { line, query, fix } of rows) {
    if (query === undefined || fix.kind === 'refused') continue;
    const key = JSON.stringify(settledQuestion(query));
    byQuestion.set(key, [...(byQuestion.get(key) ?? []), { line, fix: JSON.stringify(fix) }]);
  }
  const contested = new Map<number, readonly number[]>();
  for (const taught of byQuestion.values()) {
    for (const { line, fix } of taught) {
      const others = taught.filter((other) => other.fix !== fix).map((other) => other.line);
      if (others.length > 0) contested.set(line, others);
    }
  }
  return contested;
}

function cityCorrection({ city, place }: KnownCity, fiasOnly: boolean): Correction | Refused {
  const { fiasGuid: guid, cityName } = city;
  const fias = place ?? { formal_name: cityName, ...(guid === undefined ? {} : { guid }) };
  if (!fiasOnly) {
    return {
      kind: 'answer',
      detection: {
        status_code: 'OK',
        detected_cdek_city: city,
        ...(fias.guid === undefined ? {} : { detected_fias_city: fias }),
      },
    };
  }
  if (fias.guid === undefined) return refused(REFUSALS.noGuid);
  return { kind: 'answer', detection: { status_code: 'OK', detected_fias_city: fias } };
}

function cityName(outcome: Outcome): string {
  const { detected_cdek_city, detected_fias_city } = outcome.kind === 'answered' ? outcome.detection : {};
  return detected_cdek_city?.cityName ?? detected_fias_city?.formal_name ?? '';
}
