import { describe, expect, it } from 'vitest';
import type { Answered } from '../../src/address/outcome.ts';
import { findingsCollector } from '../../src/report/collect.ts';
import { LIMITS } from '../../src/report/findings.ts';
import { found, question, row, TULA } from './rows.ts';

const NOT_FOUND = { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS' };

function collected(...rows: readonly ReturnType<typeof row>[]) {
  const collector = findingsCollector({ file: 'orders.csv', language: 'en' });
  for (const one of rows) collector.add(one);
  return collector.findings();
}

describe('the reasons of a file', () => {
  it('count every row, and show the first five of a reason', () => {
    const rows = Array.from({ length: 7 }, (_, index) =>
      row(index + 2, { kind: 'invalid', status: 'ERR_BAD_POSTCODE', defect: 'digit-count' }),
    );
    const { reasons } = collected(...rows, row(9, found(TULA)));
    expect([...reasons.values()]).toMatchObject([
      { verdict: 'reject', status: 'ERR_BAD_POSTCODE', detail: 'digit-count', rows: 7 },
    ]);
    const [reason] = reasons.values();
    expect(reason?.examples.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
    expect(reason?.examples[0]).toEqual({
      file: 'orders.csv',
      line: 2,
      message: 'The postcode is not six digits: too few or too many digits',
    });
  });

  it('tell apart what makes an OK one for review', () => {
    const note = { kind: 'unowned-postcode', named: 'Тула' } as const;
    const unknownLimit = { ...TULA, paymentLimit: undefined };
    const { reasons } = collected(
      row(2, found(TULA, { source: 'local', confidence: 0.7 })),
      row(3, found(TULA, { source: 'local', confidence: 0.7, note })),
      row(4, found(unknownLimit as never, { note, confidence: 0.99 }), question({ codRub: 10 })),
      row(5, found(TULA, { fallback: true })),
    );
    expect([...reasons.values()].map(({ detail }) => detail)).toEqual([
      'low-confidence',
      'unowned-postcode',
      'limit-unknown',
      'fallback',
    ]);
  });

  it('hold neither the address nor a text of the API, which may repeat it', () => {
    const unknown: Answered = {
      kind: 'answered',
      source: 'api',
      detection: { status_code: 'ERR_NEW', status_msg: 'cannot find Privatnaya 21' },
    };
    const { reasons } = collected(row(2, unknown), row(3, found(TULA, { fallback: true })));
    expect(JSON.stringify([...reasons])).not.toContain('Privatnaya');
    expect([...reasons.values()][0]?.examples).toEqual([
      { file: 'orders.csv', line: 2, postcode: '300000', message: '' },
    ]);
  });

  it('stay bounded where an API makes up codes', () => {
    const rows = Array.from({ length: 200 }, (_, index) =>
      row(index + 2, { kind: 'answered', source: 'api', detection: { status_code: `ERR_${index}` } }),
    );
    const { reasons, statuses, sums } = collected(...rows);
    expect(reasons.size).toBe(LIMITS.reasons);
    expect(statuses.size).toBe(LIMITS.statuses);
    expect(sums.unlistedReasonRows).toBe(200 - LIMITS.reasons);
  });

  it('take names of the API as short, single-line texts of one direction', () => {
    const cityName = `Ту\u202eла\n${'а'.repeat(500)}`;
    const { reasons } = collected(row(2, found({ ...TULA, cityName }, { fallback: true })));
    const place = [...reasons.values()][0]?.examples[0]?.place ?? '';
    expect(place).toMatch(/^Ту ла а+…$/);
    expect(place).toHaveLength(100);
  });
});

describe('cash on delivery', () => {
  it('is summed without errors of fractions, over all and over the limit by city', () => {
    const cod = (line: number, codRub: number) => row(line, found(TULA), question({ codRub }));
    const { sums, overLimit } = collected(
      cod(2, 0.1),
      cod(3, 0.2),
      cod(4, 6000.1),
      cod(5, 6000.2),
      row(6, found(TULA)),
    );
    expect(sums).toMatchObject({ codRows: 4, codKopecks: 1_200_060, overLimitRows: 2, overLimitKopecks: 1_200_030 });
    expect([...overLimit.values()]).toEqual([
      {
        cityCode: '182',
        city: 'Тула',
        region: 'Тульская',
        limit: 5000,
        rows: 2,
        kopecks: 1_200_030,
        examples: [
          { file: 'orders.csv', line: 4, kopecks: 600_010 },
          { file: 'orders.csv', line: 5, kopecks: 600_020 },
        ],
      },
    ]);
  });

  it('over the limit of a city that the answer did not tell has an entry of its own', () => {
    const answer: Answered = { kind: 'answered', source: 'api', detection: { status_code: 'COD_LIMIT_EXCEEDED' } };
    const [city] = collected(row(2, answer, question({ codRub: 10 }))).overLimit.values();
    expect(city).toMatchObject({ cityCode: undefined, city: undefined, limit: undefined, rows: 1 });
  });

  it('beyond the cities that are kept is counted', () => {
    const rows = Array.from({ length: LIMITS.cities + 3 }, (_, index) =>
      row(index + 2, found({ ...TULA, cityCode: String(index) }), question({ codRub: 9000 })),
    );
    const { overLimit, sums } = collected(...rows);
    expect(overLimit.size).toBe(LIMITS.cities);
    expect(sums).toMatchObject({ overLimitRows: LIMITS.cities + 3, unlistedOverLimitRows: 3 });
  });
});

describe('a contradiction', () => {
  it('tells both readings: the place of the postcode, and the one that the address names', () => {
    const { contradictions, sums } = collected(
      row(2, {
        kind: 'answered',
        source: 'local',
        detection: NOT_FOUND,
        note: {
          kind: 'elsewhere',
          named: 'Новороссийск',
          namedPostcode: '353900',
          postcode: '300000',
          postcodePlace: 'Тула',
        },
      }),
      row(3, found(TULA, { remark: { kind: 'address-has-another', postcode: '675000' } })),
      row(4, found(TULA, { remark: { kind: 'taken-from-address', postcode: '300000' } })),
    );
    const where = { file: 'orders.csv', postcode: '300000', postcodePlace: 'Тула' };
    expect(contradictions).toEqual([
      { ...where, line: 2, verdict: 'review', namedPlace: 'Новороссийск', namedPostcode: '353900' },
      { ...where, line: 3, verdict: 'accept', namedPostcode: '675000' },
    ]);
    expect(sums.contradictionRows).toBe(2);
  });
});

describe('a destination', () => {
  it('is the federal subject of the city, by its code or its KLADR, else unknown', () => {
    const { subjects, sums } = collected(
      row(2, found(TULA)),
      row(3, found({ cityCode: '1', cityName: 'Майкоп', regionCodeExt: '1' })),
      row(4, found({ cityCode: '2', cityName: 'Орёл', kladr: '5700000100000' })),
      row(5, found({ cityCode: '3', cityName: 'Нигде', regionCodeExt: '<b>' })),
      row(6, { kind: 'answered', source: 'api', detection: NOT_FOUND }),
    );
    expect([...subjects.keys()]).toEqual(['71', '01', '57']);
    expect(sums.unplacedRows).toBe(2);
  });
});
