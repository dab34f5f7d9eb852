import { describe, expect, test } from 'vitest';
import { API_STATUS_CODES } from '../../src/address/detection.ts';
import { renderForeign } from '../../src/address/foreign-postcode.ts';
import { renderMessage } from '../../src/address/messages.ts';
import type { Defect, InvalidStatus, Note, Outcome } from '../../src/address/outcome.ts';
import { textOfStatus } from '../../src/address/status-texts.ts';
import type { Doubt } from '../../src/address/verdict.ts';
import { LANGUAGES, type Language } from '../../src/languages.ts';

const INVALID: readonly InvalidStatus[] = [
  'ERR_NO_POSTCODE',
  'ERR_NO_ADDRESS',
  'ERR_BAD_COUNTRY',
  'ERR_BAD_POSTCODE',
  'ERR_BAD_COD',
  'ERR_BAD_ROW',
];
const DEFECTS: readonly Defect[] = [
  'digit-count',
  'scientific-notation',
  'not-six-digits',
  'thousands-or-decimals',
  'negative',
  'not-roubles',
  'amount-missing',
  'cod-without-amount',
  'currency-missing',
  'totals-line',
  'no-order',
  'column-count',
  'quotes',
];
const CITY = { cityCode: '286', cityName: 'Благовещенск' };

function answered(status_code: string, more: object = {}): Outcome {
  return { kind: 'answered', source: 'api', detection: { status_code, ...more } };
}

function inEveryLanguage(outcome: Outcome, status: string): string[] {
  return LANGUAGES.map((language) => renderMessage(outcome, { status }, language));
}

const SCRIPTS: Readonly<Record<Language, RegExp>> = {
  en: /^[\p{ASCII}]+$/u,
  zh: /\p{Script=Han}/u,
  ru: /\p{Script=Cyrillic}/u,
};

function expectTranslated(texts: readonly string[]): void {
  for (const [index, language] of LANGUAGES.entries()) expect(texts[index], language).toMatch(SCRIPTS[language]);
}

describe('renderMessage', () => {
  test.each([...API_STATUS_CODES, ...INVALID, 'DEFERRED'])('has a text for %s in every language', (status) => {
    expectTranslated(LANGUAGES.map((language) => textOfStatus(status, language) ?? ''));
  });

  test.each(DEFECTS)('explains the defect %s in every language', (defect) => {
    const plain = inEveryLanguage({ kind: 'invalid', status: 'ERR_BAD_COD' }, 'ERR_BAD_COD');
    const explained = inEveryLanguage({ kind: 'invalid', status: 'ERR_BAD_COD', defect }, 'ERR_BAD_COD');
    expectTranslated(explained);
    for (const [index, text] of explained.entries()) expect(text.startsWith(plain[index] ?? '?')).toBe(true);
    expect(explained).not.toEqual(plain);
  });

  test("is the seed document's own Chinese", () => {
    expect(Object.fromEntries(API_STATUS_CODES.map((status) => [status, textOfStatus(status, 'zh')]))).toEqual({
      OK: 'CDEK城市识别成功',
      COD_LIMIT_EXCEEDED: '代收货款金额超过限额',
      ERR_CDEK_HAS_NO_FIAS_GUID: '根据GUID无法获取CDEK城市',
      ERR_MANY_CITIES_IN_ADDRESS: '根据邮编识别了多个城市',
      ERR_NOT_DETECT_CITY_IN_ADDRESS: '地址字段没有邮编对应的城市名',
      ERR_NO_POSTCODE: '没提交邮编',
      ERR_NO_DEVKEY: '没提交开发者识别码',
      ERR_BAD_DEVKEY: '开发者识别码未注册',
      ERR_BAD_COUNTRY: '不支持的国家',
      ERR_NO_ADDRESS: '没提交地址字段',
      ERR_INTERNAL: '接口内部错误',
    });
  });

  test('tells a FIAS place that was found from a CDEK city', () => {
    expect(inEveryLanguage(answered('OK', { detected_cdek_city: CITY }), 'OK')).toEqual([
      'CDEK city detected',
      'CDEK城市识别成功',
      'Город СДЭК определён',
    ]);
    expect(renderMessage(answered('OK'), { status: 'OK' }, 'zh')).toBe('城市识别成功');
    expectTranslated(inEveryLanguage(answered('OK'), 'OK'));
  });

  test('speaks of the status after the COD rule, not of the answered one', () => {
    const outcome = answered('OK', { detected_cdek_city: CITY });
    expect(renderMessage(outcome, { status: 'COD_LIMIT_EXCEEDED' }, 'zh')).toBe('代收货款金额超过限额');
  });

  test('puts the explanation behind a colon of the language', () => {
    expect(inEveryLanguage({ kind: 'invalid', status: 'ERR_BAD_COD', defect: 'negative' }, 'ERR_BAD_COD')).toEqual([
      'The cash-on-delivery amount cannot be read as roubles: it is negative',
      '代收货款金额无法识别为卢布：金额为负',
      'Сумму наложенного платежа не удалось прочитать в рублях: сумма отрицательна',
    ]);
  });

  test("passes an unknown code's own text through, else the code", () => {
    expect(renderMessage(answered('ERR_NEW', { status_msg: '新' }), { status: 'ERR_NEW' }, 'en')).toBe('新');
    expect(renderMessage(answered('ERR_NEW'), { status: 'ERR_NEW' }, 'en')).toBe('ERR_NEW');
    expect(renderMessage(answered('constructor'), { status: 'constructor' }, 'en')).toBe('constructor');
  });

  test('adds the reason of a deferral', () => {
    const texts = inEveryLanguage({ kind: 'deferred', reason: 'HTTP 503' }, 'DEFERRED');
    expectTranslated(texts);
    for (const text of texts) expect(text).toContain('HTTP 503');
  });

  const ELSEWHERE: Note = {
    kind: 'elsewhere',
    named: 'Новороссийск',
    namedPostcode: '353900',
    postcode: '630099',
    postcodePlace: 'Новосибирск',
  };

  test.each<[string, Note, readonly string[]]>([
    ['another place', ELSEWHERE, ['Новороссийск', '353900', '630099', 'Новосибирск']],
    [
      'a postcode of nowhere in particular',
      { kind: 'elsewhere', named: 'Тула', postcode: '630099' },
      ['Тула', '630099'],
    ],
    ['a place without the postcode', { kind: 'unowned-postcode', named: 'Тында' }, ['Тында']],
    ['a postcode known by its beginning alone', { ...ELSEWHERE, byPrefix: true }, ['Новороссийск', 'Новосибирск']],
    ['a postcode of another country', { kind: 'foreign-postcode', postcode: '050000' }, ['050000', '101000']],
  ])('names the places of a note about %s', (_, note, names) => {
    const status = 'ERR_NOT_DETECT_CITY_IN_ADDRESS';
    const outcome: Outcome = { kind: 'answered', source: 'local', detection: { status_code: status }, note };
    for (const text of inEveryLanguage(outcome, status)) for (const name of names) expect(text).toContain(name);
    expect(new Set(inEveryLanguage(outcome, status)).size).toBe(LANGUAGES.length);
  });

  test.each(['limit-unknown', 'low-confidence', 'guids-differ', 'no-city', 'fallback'] as const)(
    'says why an OK is for review: %s',
    (doubt) => {
      const texts = LANGUAGES.map((language) => renderMessage(answered('OK'), { status: 'OK', doubt }, language));
      expect(new Set(texts).size).toBe(3);
      const plain = LANGUAGES.map((language) => renderMessage(answered('OK'), { status: 'OK' }, language));
      for (const [at, text] of texts.entries()) expect(text.length).toBeGreaterThan((plain[at] ?? '').length + 5);
    },
  );

  test('does not state as a fact what only the first digits of a postcode say', () => {
    const status = 'ERR_NOT_DETECT_CITY_IN_ADDRESS';
    const say = (note: Note) =>
      renderMessage({ kind: 'answered', source: 'local', detection: { status_code: status }, note }, { status }, 'en');
    expect(say({ ...ELSEWHERE, byPrefix: true })).toContain('the postcode 630099 is probably Новосибирск');
    expect(say({ kind: 'elsewhere', named: 'Тула', postcode: '630099', byPrefix: true })).toContain(
      'Тула, which is not known to have the postcode 630099',
    );
  });

  test('says of a postcode that is none of Russia only once that it is not', () => {
    const status = 'ERR_NOT_DETECT_CITY_IN_ADDRESS';
    const remark = { kind: 'not-russian', postcode: '050000' } as const;
    const outcome: Outcome = { kind: 'answered', source: 'api', detection: { status_code: status }, remark };
    const noted: Outcome = { ...outcome, note: { kind: 'foreign-postcode', postcode: '050000' } };
    for (const language of LANGUAGES) {
      for (const one of [outcome, noted]) {
        expect(renderMessage(one, { status }, language).split('050000')).toHaveLength(2);
      }
    }
  });

  test.each([
    ['050000', 'Kazakhstan'],
    ['220030', 'Belarus'],
    ['990000', 'not a Russian postcode: those lie between 101000 and 694999'],
    ['290000', 'no region of Russia whose postcodes begin as 290000 does'],
  ])('says of %s: %s', (postcode, told) => {
    expect(renderForeign(postcode, 'en')).toContain(told);
  });

  test('says of 000000, which only fills a cell, that it is not Russian, and of no neighbour', () => {
    for (const language of LANGUAGES) expect(renderForeign('000000', language)).not.toMatch(/[;；]/);
  });

  test('does not blame the postcode where only the gazetteer has no code', () => {
    const outcome: Outcome = {
      kind: 'answered',
      source: 'local',
      detection: { status_code: 'ERR_CDEK_HAS_NO_FIAS_GUID', detected_fias_city: { formal_name: 'Бердск' } },
      note: { kind: 'unowned-postcode', named: 'Бердск' },
    };
    const text = renderMessage(outcome, { status: 'ERR_CDEK_HAS_NO_FIAS_GUID' }, 'en');
    expect(text).toContain('Бердск; this gazetteer has no CDEK code for it');
    expect(text).not.toContain('postcode');
  });
});

describe('a fallback says so once, whatever else there is to say', () => {
  const FALLBACK = { en: 'answered locally', zh: '由本地引擎识别', ru: 'определён локально' } as const;
  const note: Note = { kind: 'elsewhere', named: 'Тула', postcode: '675000' };
  test.each<[string, object, Doubt | undefined]>([
    ['OK', { fallback: true }, 'fallback'],
    ['OK', { fallback: true }, undefined],
    ['OK', { fallback: true, source: 'local' }, 'no-city'],
    ['ERR_NOT_DETECT_CITY_IN_ADDRESS', { fallback: true, note }, 'fallback'],
    ['ERR_CDEK_HAS_NO_FIAS_GUID', { fallback: true, source: 'local' }, 'fallback'],
    ['COD_LIMIT_EXCEEDED', { fallback: true }, 'fallback'],
  ])('%s %j, doubt %s', (status, more, doubt) => {
    for (const language of LANGUAGES) {
      const outcome = { ...answered(status), ...more } as Outcome;
      const message = renderMessage(outcome, doubt === undefined ? { status } : { status, doubt }, language);
      expect(message.split(FALLBACK[language])).toHaveLength(2);
    }
  });
});
