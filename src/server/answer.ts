import { type ApiAnswer, toApiAnswer } from '../address/api-answer.ts';
import type { Outcome } from '../address/outcome.ts';
import { renderReason } from '../address/reasons.ts';
import { type JudgementRules, judge } from '../address/verdict.ts';
import type { Language } from '../languages.ts';
import type { AskedQuestion } from './question.ts';
import { REFUSALS, refusalText } from './refusals.ts';

/** A body ready to be sent, with the `status_code` in it. */
export interface RenderedAnswer {
  readonly code: string;
  readonly json: string;
}

/** The codes of what a client sent that the API has no code for. */
const OWN_INVALID: ReadonlySet<string> = new Set(['ERR_BAD_POSTCODE', 'ERR_BAD_COD', 'ERR_BAD_ROW']);

/** Puts an outcome into detect-city's shape. A deferred question is ERR_UNAVAILABLE. */
export function renderAnswer(
  { echo, question }: AskedQuestion,
  outcome: Outcome,
  rules: JudgementRules,
  language: Language,
): RenderedAnswer {
  const judged = judge(outcome, 'kind' in question ? undefined : question, rules);
  const { status } = judged;
  const answer = toApiAnswer(echo, outcome, { ...judged, language, acceptConfidence: rules.acceptConfidence });
  if (outcome.kind === 'deferred') {
    const status_msg = refusalText(REFUSALS.unasked, language, renderReason(outcome.reason, language));
    return rendered({ ...answer, status_code: REFUSALS.unasked.code, status_msg });
  }
  return rendered(OWN_INVALID.has(status) ? { ...answer, status_code: 'ERR_BAD_REQUEST' } : answer);
}

function rendered(answer: ApiAnswer): RenderedAnswer {
  return { code: answer.status_code, json: JSON.stringify(answer) };
}
