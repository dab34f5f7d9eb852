import type { Language, Texts } from '../languages.ts';
import { renderAdvice } from './advice.ts';
import type { Detection } from './detection.ts';
import { DOUBT_TEXTS, NO_CODE_TEXTS } from './doubt-texts.ts';
import {
  type Answered,
  isFallback,
  isGazetteerShort,
  noteOf,
  type Outcome,
  type PostcodeRemark,
  type Settlement,
} from './outcome.ts';
import { renderNote, renderRemark } from './postcode-notes.ts';
import { renderReason } from './reasons.ts';
import { renderSettlement } from './settlement-text.ts';
import { DEFECT_TEXTS, FIAS_ONLY_OK, STATUS_TEXTS, textOfStatus } from './status-texts.ts';
import type { Doubt, Judgement } from './verdict.ts';

/** The text of the `message` column: what happened, and what to do next where there is anything to do. */
export function renderRowMessage(outcome: Outcome, judgement: Judgement, language: Language): string {
  const message = settledMessage(outcome, judgement, language);
  const advice = renderAdvice(outcome, judgement, language);
  return advice === undefined ? message : `${message}${FULL_STOP[language]}${advice}`;
}

/**
 * The same where no address may stand, e.g. in a log: without the one that a person has settled, and without the API's own
 * text for a code that gorod does not know, which may repeat what was asked.
 */
export function renderLoggedMessage(outcome: Outcome, judgement: Judgement, language: Language): string {
  if (outcome.kind !== 'answered') return renderRowMessage(outcome, judgement, language);
  const { settled, detection } = outcome;
  const { status_msg: _, ...ownWords } = detection;
  const told: Answered = {
    ...outcome,
    detection: textOfStatus(judgement.status, language) === undefined ? ownWords : detection,
    ...(settled === undefined ? {} : { settled: withoutAddress(settled) }),
  };
  return renderRowMessage(told, judgement, language);
}

function withoutAddress({ address: _, ...settled }: Settlement): Settlement {
  return settled;
}

/** A person who reads a row must not wonder at an answer that is none to what stands in it. */
function settledMessage(outcome: Outcome, judgement: Judgement, language: Language): string {
  const message = renderMessage(outcome, judgement, language);
  if (outcome.kind !== 'answered' || outcome.settled === undefined) return message;
  return `${message}${SEMICOLON[language]}${renderSettlement(outcome.settled, language)}`;
}

/** What happened; `status_msg` where the answer is gorod's own. */
export function renderMessage(outcome: Outcome, judged: JudgedStatus, language: Language): string {
  if (outcome.kind === 'invalid') {
    const detail = outcome.defect === undefined ? undefined : DEFECT_TEXTS[outcome.defect][language];
    return joined(STATUS_TEXTS[outcome.status][language], detail, language);
  }
  if (outcome.kind === 'deferred') {
    return joined(STATUS_TEXTS.DEFERRED[language], renderReason(outcome.reason, language), language);
  }
  const text = joined(
    statusText(outcome.detection, judged.status, language),
    detailOf(outcome, judged, language),
    language,
  );
  const remark = remarkOn(outcome);
  const remarks = [
    ...(remark === undefined ? [] : [renderRemark(remark, language)]),
    ...(outcome.isUnpaid === true ? [UNPAID[language]] : []),
  ];
  return [text, ...remarks].join(SEMICOLON[language]);
}

const UNPAID: Texts = {
  en: 'the order is unpaid, but nothing says that it is paid on delivery: no COD was counted',
  zh: '订单未付清，但未说明货到付款，因此未计代收货款',
  ru: 'заказ не оплачен, но не сказано, что платят при получении: наложенный платёж не учтён',
};

/** What was said of the postcode already is not said twice. */
function remarkOn(outcome: Answered): PostcodeRemark | undefined {
  return outcome.remark?.kind === 'not-russian' && noteOf(outcome)?.kind === 'foreign-postcode'
    ? undefined
    : outcome.remark;
}

const SEMICOLON: Texts = { en: '; ', zh: '；', ru: '; ' };
const FULL_STOP: Texts = { en: '. ', zh: '。', ru: '. ' };

/** A status with what was doubted about it. */
export interface JudgedStatus {
  readonly status: string;
  readonly doubt?: Doubt;
}

function detailOf(outcome: Answered, judged: JudgedStatus, language: Language): string | undefined {
  if (!isFallback(outcome)) return ownDetail(outcome, judged, language);
  const { status, doubt } = judged;
  const detail = ownDetail(outcome, doubt === undefined || doubt === 'fallback' ? { status } : judged, language);
  const fallback = DOUBT_TEXTS.fallback[language];
  return detail === undefined ? fallback : detail + SEMICOLON[language] + fallback;
}

function ownDetail(outcome: Answered, { status, doubt }: JudgedStatus, language: Language): string | undefined {
  if (isGazetteerShort(outcome, status)) {
    const name = outcome.detection.detected_fias_city?.formal_name;
    return name === undefined ? NO_CODE_TEXTS[language] : `${name}; ${NO_CODE_TEXTS[language]}`;
  }
  const found = noteOf(outcome);
  const note = found === undefined ? undefined : renderNote(found, language);
  // What makes a choice unsure is said by its note.
  if (doubt === undefined || (note !== undefined && doubt === 'low-confidence')) return note;
  const doubted = DOUBT_TEXTS[doubt][language];
  return note === undefined ? doubted : `${note}${SEMICOLON[language]}${doubted}`;
}

function statusText(detection: Detection, status: string, language: Language): string {
  if (status === 'OK' && detection.detected_cdek_city === undefined) return FIAS_ONLY_OK[language];
  return textOfStatus(status, language) ?? detection.status_msg ?? status;
}

function joined(text: string, detail: string | undefined, language: Language): string {
  if (detail === undefined) return text;
  return language === 'zh' ? `${text}：${detail}` : `${text}: ${detail}`;
}
