import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RequestError } from 'got';
import { describe, expect, test } from 'vitest';
import { renderReason } from '../../src/address/reasons.ts';
import { parseAnswer } from '../../src/cdek/answer.ts';
import { failureReason } from '../../src/cdek/failure.ts';

function expectTranslated(reason: string): void {
  expect(renderReason(reason, 'en')).toBe(reason);
  expect(renderReason(reason, 'zh'), reason).toMatch(/\p{Script=Han}/u);
  expect(renderReason(reason, 'ru'), reason).toMatch(/\p{Script=Cyrillic}/u);
}

/** The reasons that stand as plain texts in the code that asks. */
function statedReasons(): readonly string[] {
  const files = ['src/cdek', 'src/detector'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  const texts = files.flatMap((source) => [
    ...source.matchAll(/(?:new Upstream(?:Failure|Down)\((?:[^'`]*\? )?|\bfail\(|unusable: |failure = )'([^']+)'/g),
  ]);
  return [...new Set(texts.map(([, text = '']) => text))];
}

describe('the reason of a deferral', () => {
  test('has a wording in every language wherever it is stated', () => {
    const stated = statedReasons();
    expect(stated).toEqual(expect.arrayContaining(['no response', 'body is empty', 'no token in the answer']));
    for (const reason of stated) expectTranslated(reason);
  });

  test.each(['ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'ENETUNREACH', 'EHOSTUNREACH', 'ETIMEDOUT', 'Z_BUF_ERROR'])(
    'has one for the network error %s',
    (code) => expectTranslated(networkFailure(code)),
  );

  test.each(['Z_DATA_ERROR', 'EWHATEVER', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT'])(
    'has one for the failure %s',
    (code) => expectTranslated(networkFailure(code)),
  );

  test.each(['', '<html>', '[]', '{}'])('has one for the body %j', (body) => {
    const parsed = parseAnswer(body);
    expectTranslated('unusable' in parsed ? parsed.unusable : '');
  });

  test('keeps figures, and what is the same in every language', () => {
    expect(renderReason('timed out after 0.5 s', 'ru')).toBe('нет ответа за 0.5 с');
    expect(renderReason('no token: HTTP 503; down for more than 120 s', 'zh')).toBe(
      '未取得令牌：HTTP 503；已中断超过 120 秒',
    );
    for (const reason of ['HTTP 503', 'API v2: v2_internal_error']) expect(renderReason(reason, 'zh')).toBe(reason);
  });
});

function networkFailure(code: string): string {
  return failureReason(Object.assign(Object.create(RequestError.prototype), { code, message: '' }), 1000);
}
