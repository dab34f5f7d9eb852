import { describe, expect, test } from 'vitest';
import { renderAdvice } from '../../src/address/advice.ts';
import { API_STATUS_CODES } from '../../src/address/detection.ts';
import { renderRowMessage } from '../../src/address/messages.ts';
import type { Answered, Outcome } from '../../src/address/outcome.ts';
import type { Doubt, Judgement } from '../../src/address/verdict.ts';
import { LANGUAGES } from '../../src/languages.ts';

function judged(status: string, more: Partial<Judgement> = {}): Judgement {
  return { status, verdict: 'review', codFlag: '', orderError: '', paymentLimit: undefined, ...more };
}

function answered(status_code: string, more: Partial<Answered> = {}): Answered {
  return { kind: 'answered', source: 'api', detection: { status_code }, ...more };
}

function inEveryLanguage(outcome: Outcome, judgement: Judgement): readonly string[] {
  return LANGUAGES.map((language) => renderAdvice(outcome, judgement, language) ?? '');
}

const FAILURES = API_STATUS_CODES.filter((status) => status !== 'OK');
const DOUBTS: readonly Doubt[] = ['limit-unknown', 'low-confidence', 'guids-differ', 'no-city', 'fallback'];

describe('what to do next', () => {
  test.each([...FAILURES, 'DEFERRED', 'ERR_BAD_POSTCODE', 'ERR_BAD_COD', 'ERR_BAD_ROW', 'ERR_NEW', 'constructor'])(
    'is said of %s in every language',
    (status) => {
      const [en, zh, ru] = inEveryLanguage(answered(status), judged(status));
      expect(en).toMatch(/^[\p{ASCII}]{10,}[^.]$/u);
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(ru).toMatch(/\p{Script=Cyrillic}/u);
    },
  );

  test.each(DOUBTS)('is said of the doubt %s in every language', (doubt) => {
    expect(new Set(inEveryLanguage(answered('OK'), judged('OK', { doubt }))).size).toBe(3);
  });

  test('is nothing where a row can be shipped', () => {
    expect(renderAdvice(answered('OK'), judged('OK', { verdict: 'accept' }), 'en')).toBeUndefined();
  });

  test('names the limit in force', () => {
    const at = (paymentLimit: number | undefined) =>
      inEveryLanguage(answered('OK'), judged('COD_LIMIT_EXCEEDED', { paymentLimit }));
    for (const text of at(30_000)) expect(text).toContain('30000');
    expect(at(0)[0]).toBe('No cash is collected there: take payment in advance');
    for (const text of at(undefined)) expect(text).not.toMatch(/\d/);
  });

  test('is not said twice', () => {
    const ambiguous: Outcome = { kind: 'invalid', status: 'ERR_BAD_COD', defect: 'thousands-or-decimals' };
    expect(renderAdvice(ambiguous, judged('ERR_BAD_COD'), 'en')).toBeUndefined();
    const short = answered('ERR_CDEK_HAS_NO_FIAS_GUID', { source: 'local' });
    expect(renderAdvice(short, judged('ERR_CDEK_HAS_NO_FIAS_GUID'), 'en')).toBeUndefined();
  });
});

describe('a postcode that is none of Russia', () => {
  const status = 'ERR_NOT_DETECT_CITY_IN_ADDRESS';
  test.each<[string, Outcome]>([
    ['is noted', answered(status, { note: { kind: 'foreign-postcode', postcode: '220030' } })],
    ['stands in the cell', answered(status, { remark: { kind: 'not-russian', postcode: '050000' } })],
  ])('that %s: the country is to be looked at', (_, outcome) => {
    expect(LANGUAGES.map((language) => renderAdvice(outcome, judged(status), language))).toEqual([
      "Check the recipient's country; if the parcel goes to Russia, correct the postcode",
      '请核对收件国家；如寄往俄罗斯，请更正邮编',
      'Проверьте страну получателя; если посылка едет в Россию, исправьте индекс',
    ]);
  });
});

describe('the message of a row', () => {
  test('says what happened, then what to do', () => {
    const status = 'ERR_NOT_DETECT_CITY_IN_ADDRESS';
    const note = {
      kind: 'elsewhere',
      named: 'Новороссийск',
      postcode: '630099',
      postcodePlace: 'Новосибирск',
    } as const;
    const texts = LANGUAGES.map((language) => renderRowMessage(answered(status, { note }), judged(status), language));
    expect(texts).toEqual([
      'The address names no place of this postcode: address names Новороссийск; postcode 630099 is Новосибирск. Ask the recipient which of the two is right, and correct the other',
      '地址字段没有邮编对应的城市名：地址中的城市是 Новороссийск；邮编 630099 属于 Новосибирск。请向收件人核实哪一个正确，并更正另一个',
      'В адресе нет населённого пункта с этим индексом: в адресе указан Новороссийск; индекс 630099 — Новосибирск. Уточните у получателя, что из двух верно, и исправьте другое',
    ]);
  });

  test('of a deferred row has its reason in the same language', () => {
    const deferred: Outcome = { kind: 'deferred', reason: 'timed out after 10 s; down for more than 120 s' };
    expect(LANGUAGES.map((language) => renderRowMessage(deferred, judged('DEFERRED'), language))).toEqual([
      'The service could not be asked: timed out after 10 s; down for more than 120 s. Ask again later: gorod retry FILE',
      '暂时无法查询：10 秒内没有应答；已中断超过 120 秒。请稍后重新查询：gorod retry 文件',
      'Сервис не ответил: нет ответа за 10 с; не отвечает дольше 120 с. Спросите ещё раз позже: gorod retry ФАЙЛ',
    ]);
  });

  test('of a choice that is doubted twice says both', () => {
    const outcome = answered('OK', {
      source: 'local',
      detection: { status_code: 'OK', detected_cdek_city: { cityCode: '1', cityName: 'Тында' } },
      note: { kind: 'unowned-postcode', named: 'Тында' },
    });
    const text = renderRowMessage(outcome, judged('OK', { doubt: 'limit-unknown' }), 'en');
    expect(text).toBe(
      'CDEK city detected: Тында is not known to have this postcode; no COD limit is known here. Give yours with --cod-limits, or take payment in advance',
    );
  });
});
