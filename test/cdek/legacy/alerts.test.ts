import { expect, test } from 'vitest';
import { parseAlerts } from '../../../src/cdek/legacy/alerts.ts';

test('the alerts of the seed document are read', () => {
  const body = '{"alerts":[{"type":"danger","msg":"Неверное имя пользователя или пароль.","errorCode":"auth_failed"}]}';
  expect(parseAlerts(body)).toEqual([{ errorCode: 'auth_failed', msg: 'Неверное имя пользователя или пароль.' }]);
});

test('several are read, each in one line, with and without a text', () => {
  const body =
    '{"alerts":[{"errorCode":" a "},{"errorCode":"b","msg":"one\\n\\u001b[31m two"},{"msg":"no code"},7,null]}';
  expect(parseAlerts(body)).toEqual([
    { errorCode: 'a', msg: '' },
    { errorCode: 'b', msg: 'one [31m two' },
  ]);
});

test.each(['', 'null', '[]', '{}', '{"alerts":{}}', '{"alerts":[]}', '<html>', '{"alerts":[{"errorCode":5}]}'])(
  '%j has none',
  (body) => {
    expect(parseAlerts(body)).toEqual([]);
  },
);
