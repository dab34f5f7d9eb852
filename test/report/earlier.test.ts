import { describe, expect, it } from 'vitest';
import { buildReport } from '../../src/report/build-report.ts';
import { readEarlier } from '../../src/report/earlier.ts';
import { renderPage } from '../../src/report/html/page.ts';
import { facts } from './facts.ts';
import { found, question, row, TULA } from './rows.ts';

const INPUTS = [{ name: 'orders.csv', rows: 3 }];
const rows = [row(2, found(TULA)), row(3, found(TULA), question({ codRub: 6000 })), row(4, found(TULA))];
const report = buildReport(facts(rows));
const json = JSON.stringify(report);

const EXPECTED = {
  finishedAt: report.finishedAt,
  rowsOut: 3,
  verdicts: { accept: 2, review: 0, reject: 1, retry: 0 },
  statuses: { OK: 2, COD_LIMIT_EXCEEDED: 1 },
  overLimitRub: 6000,
};

describe('an earlier report', () => {
  it('is read from JSON and from the page that carries it', () => {
    expect(readEarlier(json, INPUTS)).toEqual(EXPECTED);
    expect(readEarlier(renderPage(report, { timeZone: 'UTC', ground: undefined }), INPUTS)).toEqual(EXPECTED);
  });

  it('on other files is not compared with', () => {
    expect(readEarlier(json, [{ name: 'other.csv', rows: 3 }])).toBeUndefined();
    expect(readEarlier(json, [...INPUTS, { name: 'other.csv', rows: 3 }])).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['something else', '<html>hello</html>'],
    ['a file that breaks off', json.slice(0, -10)],
    ['another JSON', '{"format":"other"}'],
    ['no object', '{"format":"gorod-report"}'],
    ['a time that is none', json.replace(report.finishedAt, 'yesterday')],
    ['counts that are texts', json.replace('"accept":2', '"accept":"<b>2</b>"')],
    ['inputs that are none', JSON.stringify({ ...report, inputs: [null] })],
  ])('that is %s is none', (_, text) => {
    expect(readEarlier(text, INPUTS)).toBeUndefined();
  });
});
