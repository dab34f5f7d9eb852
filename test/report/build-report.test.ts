import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/address/outcome.ts';
import { LANGUAGES } from '../../src/languages.ts';
import { buildReport } from '../../src/report/build-report.ts';
import { facts } from './facts.ts';
import { found, question, row, TULA } from './rows.ts';
import { schemaErrors } from './schema.ts';

const ELSEWHERE: Outcome = {
  kind: 'answered',
  source: 'local',
  detection: { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS' },
  note: { kind: 'elsewhere', named: 'Новороссийск', postcode: '300000' },
};

const ROWS = [
  row(2, found(TULA)),
  row(3, found(TULA), question({ codRub: 6000.5 })),
  row(4, { kind: 'invalid', status: 'ERR_BAD_COD', defect: 'negative' }),
  row(5, { kind: 'invalid', status: 'ERR_BAD_COD', defect: 'negative' }),
  row(6, { kind: 'deferred', reason: 'HTTP 503' }),
  row(7, ELSEWHERE),
  row(8, { kind: 'answered', source: 'api', detection: { status_code: 'ERR_NEW' } }),
  row(9, found({ ...TULA, cityCode: '9' }, { fallback: true })),
];

describe('a report', () => {
  it.each(LANGUAGES)('keeps to its published schema in %s, with and without an earlier one', (language) => {
    const first = buildReport(facts(ROWS, { language }));
    const earlier = {
      finishedAt: first.finishedAt,
      rowsOut: 2,
      verdicts: first.verdicts,
      statuses: { OK: 2 },
      overLimitRub: 0,
    };
    expect(schemaErrors(first)).toEqual([]);
    expect(schemaErrors(buildReport(facts(ROWS, { language, earlier })))).toEqual([]);
    expect(schemaErrors(buildReport(facts([], { language })))).toEqual([]);
    expect(schemaErrors({ ...first, address: 'Lenina 1' })).not.toEqual([]);
  });

  it('puts the most rows first, and says what happened and what to do', () => {
    const { reasons, statuses } = buildReport(facts(ROWS));
    expect(statuses[0]).toMatchObject({ status: 'OK', rows: 2 });
    expect(reasons[0]).toMatchObject({
      status: 'ERR_BAD_COD',
      rows: 2,
      meaning: 'The cash-on-delivery amount cannot be read as roubles: it is negative',
      advice: 'Write it as 1500 or 1500.50',
    });
    const byStatus = new Map(reasons.map((reason) => [reason.status + (reason.detail ?? ''), reason]));
    expect(byStatus.get('ERR_NEW')).toMatchObject({ advice: expect.stringContaining('does not know this code') });
    expect(byStatus.get('ERR_NEW')).not.toHaveProperty('meaning');
    expect(byStatus.get('DEFERRED')).toMatchObject({ advice: 'Ask again later: gorod retry FILE' });
    expect(byStatus.get('ERR_NOT_DETECT_CITY_IN_ADDRESSelsewhere')?.advice).toContain('Ask the recipient');
    expect(byStatus.get('OKfallback')?.meaning).toContain('answered locally');
  });

  it('has a text for every reason in every language', () => {
    for (const language of LANGUAGES) {
      for (const { status, meaning, advice } of buildReport(facts(ROWS, { language })).reasons) {
        expect(advice).not.toBe('');
        if (status !== 'ERR_NEW') expect(meaning).toBeTruthy();
      }
    }
  });

  it('sums in roubles, and foretells what orders would meet', () => {
    const { cod, orderErrors } = buildReport(facts(ROWS));
    expect(cod).toMatchObject({ rows: 1, rub: 6000.5, overLimitRows: 1, overLimitRub: 6000.5, unlistedRows: 0 });
    expect(cod.cities).toMatchObject([{ city: 'Тула', limitRub: 5000, rub: 6000.5, examples: [{ line: 3 }] }]);
    expect(orderErrors).toMatchObject({ ERR_CASH_ON_DELIV_PAYREC_MISTAKE: 1 });
  });

  it('lists the cities with the largest sums and counts the rows of the others', () => {
    const rows = Array.from({ length: 250 }, (_, index) =>
      row(index + 2, found({ ...TULA, cityCode: `${index}` }), question({ codRub: 6000 + index })),
    );
    const { cities, unlistedRows } = buildReport(facts(rows)).cod;
    expect(cities).toHaveLength(200);
    expect(cities[0]).toMatchObject({ rub: 6249 });
    expect(unlistedRows).toBe(50);
  });
});
