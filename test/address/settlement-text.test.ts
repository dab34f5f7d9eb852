import { expect, test } from 'vitest';
import { renderLoggedMessage, renderMessage, renderRowMessage } from '../../src/address/messages.ts';
import type { Answered, Settlement } from '../../src/address/outcome.ts';
import { renderSettlement } from '../../src/address/settlement-text.ts';

const AT = Date.UTC(2026, 0, 31, 12);
const SETTLED: Settlement = {
  by: 'olga',
  at: AT,
  why: 'the buyer says so',
  postcode: '300000',
  address: 'Tula, Mira 1',
};

test('a settlement says what was asked, who settled it, when and why, in every language', () => {
  expect(renderSettlement(SETTLED, 'en')).toBe(
    'as learnt with gorod learn: postcode 300000, address Tula, Mira 1 (olga, 2026-01-31: the buyer says so)',
  );
  expect(renderSettlement(SETTLED, 'zh')).toBe(
    '依据 gorod learn 所学的修正：邮编 300000，地址 Tula, Mira 1（olga，2026-01-31：the buyer says so）',
  );
  expect(renderSettlement(SETTLED, 'ru')).toBe(
    'по исправлению из gorod learn: индекс 300000, адрес Tula, Mira 1 (olga, 2026-01-31: the buyer says so)',
  );
});

test('a settlement leaves out what is not known, and cuts what is long', () => {
  expect(renderSettlement({}, 'en')).toBe('as learnt with gorod learn');
  expect(renderSettlement({ by: 'olga', at: AT }, 'en')).toBe('as learnt with gorod learn (olga, 2026-01-31)');
  expect(renderSettlement({ why: `a\n${'b'.repeat(200)}` }, 'en')).toMatch(/\(a b{98}\.\.\.\)$/);
});

test('the message of a row tells of its settlement, the answer to a client does not', () => {
  const detection = { status_code: 'OK', detected_cdek_city: { cityCode: '150', cityName: 'Тула' } };
  const outcome: Answered = { kind: 'answered', source: 'override', detection, settled: { postcode: '300000' } };
  const judgement = { status: 'OK', verdict: 'accept', codFlag: '', orderError: '', paymentLimit: undefined } as const;
  expect(renderRowMessage(outcome, judgement, 'en')).toBe(
    'CDEK city detected; as learnt with gorod learn: postcode 300000',
  );
  expect(renderRowMessage(outcome, { ...judgement, doubt: 'low-confidence', verdict: 'review' }, 'en')).toMatch(
    /as learnt with gorod learn: postcode 300000\. Compare city/,
  );
  expect(renderMessage(outcome, { status: 'OK' }, 'en')).toBe('CDEK city detected');
});

test('a log is told of a settlement, but no address', () => {
  const detection = { status_code: 'OK', detected_cdek_city: { cityCode: '150', cityName: 'Тула' } };
  const outcome: Answered = { kind: 'answered', source: 'override', detection, settled: SETTLED };
  const judgement = { status: 'OK', verdict: 'accept', codFlag: '', orderError: '', paymentLimit: undefined } as const;
  expect(renderLoggedMessage(outcome, judgement, 'en')).toBe(
    'CDEK city detected; as learnt with gorod learn: postcode 300000 (olga, 2026-01-31: the buyer says so)',
  );
  const unknown = { status_code: 'ERR_NEW', status_msg: 'no such street: Mira 1' };
  const passed: Answered = { kind: 'answered', source: 'api', detection: unknown };
  expect(renderRowMessage(passed, { ...judgement, status: 'ERR_NEW', verdict: 'review' }, 'en')).toContain('Mira 1');
  expect(renderLoggedMessage(passed, { ...judgement, status: 'ERR_NEW', verdict: 'review' }, 'en')).toMatch(
    /^ERR_NEW\. gorod/,
  );
});
