import { renderAdvice } from '../address/advice.ts';
import { NO_CODE_TEXTS } from '../address/doubt-texts.ts';
import { FOREIGN_ADVICE } from '../address/foreign-postcode.ts';
import { renderMessage } from '../address/messages.ts';
import type { Defect, InvalidStatus, Outcome } from '../address/outcome.ts';
import { textOfStatus } from '../address/status-texts.ts';
import type { Doubt } from '../address/verdict.ts';
import type { Language, Texts } from '../languages.ts';
import { DOUBT_DETAILS, type ReasonKind } from './reason.ts';

/** What the rows of a reason have in common; undefined for a code that gorod does not know. */
export function meaningOf(reason: ReasonKind, language: Language): string | undefined {
  const { status, detail } = reason;
  if (detail === 'elsewhere' || detail === 'unowned-postcode' || detail === 'foreign-postcode') {
    return NOTED[detail][language];
  }
  const text = textOfStatus(status, language);
  if (text === undefined || detail === undefined || detail === 'gazetteer-short') return text;
  return renderMessage(typicalOf(reason), { status, ...doubtOf(reason) }, language);
}

/**
 * What to do about the rows of a reason; undefined where its meaning says so already. `stopsRun`: the rows were counted
 * where `gorod run` would have stopped at them.
 */
export function adviceOn(reason: ReasonKind, language: Language, stopsRun = false): string | undefined {
  if (stopsRun && reason.status === 'ERR_BAD_ROW') return STOPS_RUN[language];
  if (reason.detail === 'gazetteer-short') return capital(NO_CODE_TEXTS[language]);
  if (reason.detail === 'foreign-postcode') return FOREIGN_ADVICE[language];
  const judged = { status: reason.status, paymentLimit: undefined, ...doubtOf(reason) };
  return renderAdvice(typicalOf(reason), judged, language);
}

/** An outcome with what the rows of a reason have in common, and nothing of any of them. */
function typicalOf({ verdict, status, detail }: ReasonKind): Outcome {
  if (verdict === 'retry') return { kind: 'deferred', reason: '' };
  if (verdict === 'reject' && status !== 'COD_LIMIT_EXCEEDED' && detail !== undefined) {
    return { kind: 'invalid', status: status as InvalidStatus, defect: detail as Defect };
  }
  const city = detail === 'no-city' ? {} : { detected_cdek_city: { cityCode: '', cityName: '' } };
  const note = { kind: 'elsewhere', named: '', postcode: '' } as const;
  const detection = { status_code: status, ...city };
  return { kind: 'answered', source: 'api', detection, ...(detail === 'elsewhere' ? { note } : {}) };
}

/** A place that is not known to own the postcode is one that is not sure. */
function doubtOf({ status, detail }: ReasonKind): { readonly doubt?: Doubt } {
  if (detail === 'unowned-postcode' && status === 'OK') return { doubt: 'low-confidence' };
  const doubt = DOUBT_DETAILS.find((name) => name === detail);
  return doubt === undefined ? {} : { doubt };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

const STOPS_RUN: Texts = {
  en: 'Correct the row in the input: gorod run stops at it, unless --bad-rows keep is given',
  zh: '请在输入文件中修正该行：除非使用 --bad-rows keep，gorod run 会在此停止',
  ru: 'Исправьте строку во входном файле: gorod run остановится на ней, если не задать --bad-rows keep',
};

const NOTED: Readonly<Record<'elsewhere' | 'unowned-postcode' | 'foreign-postcode', Texts>> = {
  'foreign-postcode': {
    en: 'The postcode is none of a region of Russia',
    zh: '该邮编不属于任何俄罗斯地区',
    ru: 'Индекс не относится ни к одному региону России',
  },
  elsewhere: {
    en: 'The address names a place that is not known to have the postcode',
    zh: '未知该邮编属于地址中的城市',
    ru: 'Неизвестно, что указанный индекс относится к населённому пункту из адреса',
  },
  'unowned-postcode': {
    en: 'The place was found by its name; it is not known to have this postcode',
    zh: '按名称找到了城市，但未知该邮编是否属于它',
    ru: 'Населённый пункт найден по названию; неизвестно, относится ли к нему индекс',
  },
};
