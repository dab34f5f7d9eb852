import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlaceFacts } from '../../src/gazetteer/draft.ts';
import { type MergeReport, mergeInto } from '../../src/gazetteer/merge.ts';
import { draftOf, place } from './small-gazetteer.ts';

const FIAS = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'] as const;
const KLADR = ['2801900100000', '2801900200000'] as const;

/** Merges `later` into a draft of `earlier`; tells the places that come out and the report. */
function merge(
  earlier: readonly PlaceFacts[],
  later: readonly PlaceFacts[],
): { readonly places: readonly PlaceFacts[]; readonly report: MergeReport } {
  const draft = draftOf(earlier);
  const report = mergeInto(
    draft,
    { name: 'later' },
    later.map((facts, index) => ({ line: index + 2, facts })),
  );
  return { places: draft.places.map(({ facts }) => facts), report };
}

const used = ({ merged }: MergeReport) => Object.entries(merged).filter(([, count]) => count > 0);

describe('records are one place', () => {
  it.each([
    ['FIAS GUID', { fiasGuid: FIAS[0] }],
    ['KLADR', { kladr: KLADR[0] }],
    ['CDEK code', { cityCode: '7' }],
  ] as const)('when they share the %s, whatever their names', (reason, code) => {
    const { places, report } = merge([place({ name: 'Старое', ...code })], [place({ name: 'Новое', ...code })]);
    expect(used(report)).toEqual([[reason, 1]]);
    expect(places).toEqual([
      expect.objectContaining({ name: 'Старое', otherNames: [{ text: 'Новое', kind: 'alias' }] }),
    ]);
  });

  it('by the FIAS GUID before the KLADR code before the CDEK code', () => {
    const earlier = [place({ name: 'А', fiasGuid: FIAS[0] }), place({ name: 'Б', kladr: KLADR[0] })];
    const { places, report } = merge(earlier, [place({ name: 'В', fiasGuid: FIAS[0], kladr: KLADR[0] })]);
    expect(used(report)).toEqual([['FIAS GUID', 1]]);
    expect(places.map(({ kladr }) => kladr)).toEqual([KLADR[0], KLADR[0]]);
  });

  it('when name and subject are unique on both sides', () => {
    const { places, report } = merge(
      [place({ name: 'Орёл', kladr: KLADR[0] })],
      [place({ name: 'орел', cityCode: '7' })],
    );
    expect(used(report)).toEqual([['unique name', 1]]);
    expect(places).toEqual([expect.objectContaining({ name: 'Орёл', kladr: KLADR[0], cityCode: '7' })]);
  });

  it('when they bear one name within 5 km of each other, though the name is not unique', () => {
    const earlier = [
      place({ name: 'Пример', kladr: KLADR[0], latitude: 51, longitude: 128 }),
      place({ name: 'Пример', kladr: KLADR[1], latitude: 52, longitude: 128 }),
    ];
    const { places, report } = merge(earlier, [
      place({ name: 'Пример', cityCode: '7', latitude: 52.03, longitude: 128 }),
    ]);
    expect(used(report)).toEqual([['name within 5 km', 1]]);
    expect(places.map(({ cityCode }) => cityCode)).toEqual([undefined, '7']);
  });
});

describe('records stay apart', () => {
  it.each([
    ['FIAS GUID', { fiasGuid: FIAS[0], kladr: KLADR[0] }, { fiasGuid: FIAS[1], kladr: KLADR[0] }],
    ['KLADR', { fiasGuid: FIAS[0], kladr: KLADR[0] }, { fiasGuid: FIAS[0], kladr: KLADR[1] }],
    ['CDEK code', { fiasGuid: FIAS[0], cityCode: '7' }, { fiasGuid: FIAS[0], cityCode: '8' }],
  ] as const)('when they differ in the %s, though they share another code', (difference, one, other) => {
    const { places, report } = merge([place({ name: 'Пример', ...one })], [place({ name: 'Пример', ...other })]);
    expect(places).toHaveLength(2);
    expect(report.keptApart).toEqual([
      { line: 2, name: 'Пример', reason: expect.stringContaining(`another ${difference}`) },
    ]);
  });

  it('when they differ in a code, though the name is unique and they stand at one spot', () => {
    const spot = { latitude: 51, longitude: 128 };
    const { places, report } = merge(
      [place({ name: 'Пример', kladr: KLADR[0], ...spot })],
      [place({ name: 'Пример', kladr: KLADR[1], ...spot })],
    );
    expect([places.length, report.keptApart[0]?.reason]).toEqual([2, 'a namesake has another KLADR']);
  });

  it.each([
    [
      'the earlier',
      [place({ name: 'Пример', kladr: KLADR[0] }), place({ name: 'Пример' })],
      [place({ name: 'Пример' })],
    ],
    ['the later', [place({ name: 'Пример' })], [place({ name: 'Пример', cityCode: '7' }), place({ name: 'Пример' })]],
  ])('when %s side knows the name twice', (_, earlier, later) => {
    const { places, report } = merge(earlier, later);
    expect(places).toHaveLength(3);
    expect(report.keptApart[0]?.reason).toBe('a name that several places of the subject bear');
  });

  it('when two places of the name lie within 5 km', () => {
    const near = (name: string, longitude: number) => place({ name, latitude: 51, longitude });
    const earlier = [near('Пример', 128), near('Пример', 128.02)];
    expect(merge(earlier, [near('Пример', 128.01)]).places).toHaveLength(3);
  });

  it('when only the subject tells them apart', () => {
    const { places } = merge([place({ name: 'Пример' })], [place({ name: 'Пример', subjectCode: '75' })]);
    expect(places).toHaveLength(2);
  });

  it.each([
    ['lies 111 km away', { latitude: 51, longitude: 128 }, { latitude: 52, longitude: 128 }],
    ['is of another kind', { settlementType: 'г' }, { settlementType: 'д' }],
    ['is in another raion (Зейский)', { subRegion: 'Зейский' }, { subRegion: 'Тындинский район' }],
  ])('when a unique name is all they share and the namesake %s', (reason, one, other) => {
    const { places, report } = merge([place({ name: 'Пример', ...one })], [place({ name: 'Пример', ...other })]);
    expect([places.length, report.keptApart[0]?.reason]).toEqual([2, `a namesake ${reason}`]);
  });

  it('when one source lists the name twice, within 5 km of a single earlier place', () => {
    const near = (longitude: number) => place({ name: 'Пример', latitude: 51, longitude });
    const { places, report } = merge([near(128)], [near(128.01), near(128.02)]);
    expect([places.length, used(report)]).toEqual([2, [['name within 5 km', 1]]]);
  });
});

describe('a merged place', () => {
  it('keeps the earlier fact, gains the missing ones, and every contradiction is listed with its line', () => {
    const { places, report } = merge(
      [place({ name: 'Пример', kladr: KLADR[0], timezone: 'Asia/Yakutsk', paymentLimit: 0, population: 5 })],
      [
        place({
          name: 'Пример',
          kladr: KLADR[0],
          timezone: 'Asia/Chita',
          paymentLimit: -1,
          population: 6,
          cityCode: '7',
        }),
      ],
    );
    expect(places[0]).toMatchObject({ timezone: 'Asia/Yakutsk', paymentLimit: 0, population: 5, cityCode: '7' });
    expect(report.conflicts).toEqual([
      { line: 2, name: 'Пример', fact: 'time zone', kept: 'Asia/Yakutsk', offered: 'Asia/Chita' },
      { line: 2, name: 'Пример', fact: 'payment limit', kept: '0', offered: '-1' },
    ]);
  });

  it('has the postcodes and names of both', () => {
    const alias = (text: string) => ({ text, kind: 'alias' as const });
    const { places } = merge(
      [place({ name: 'Пример', kladr: KLADR[0], postcodes: ['676900'], otherNames: [alias('A')] })],
      [place({ name: 'Пример', kladr: KLADR[0], postcodes: ['676901', '676900'], otherNames: [alias('B')] })],
    );
    expect(places[0]).toMatchObject({ postcodes: ['676900', '676901'], otherNames: [alias('A'), alias('B')] });
  });

  it('takes latitude and longitude from one source, and tells positions that are far apart', () => {
    const { places, report } = merge(
      [place({ name: 'Пример', kladr: KLADR[0], latitude: 51, longitude: 128 })],
      [place({ name: 'Пример', kladr: KLADR[0], latitude: 52, longitude: 129 })],
    );
    expect(places[0]).toMatchObject({ latitude: 51, longitude: 128 });
    expect(report.conflicts).toEqual([
      { line: 2, name: 'Пример', fact: 'position', kept: '51 128', offered: '52 129' },
    ]);
  });

  it('does not call spellings of one raion a contradiction', () => {
    const { report } = merge(
      [place({ name: 'Пример', kladr: KLADR[0], subRegion: 'Усинский р-н' })],
      [place({ name: 'Пример', kladr: KLADR[0], subRegion: 'городской округ Усинск' })],
    );
    expect(report.conflicts).toEqual([]);
  });
});

it('never loses a record and never joins places that differ in a code', () => {
  const optional = <T>(...values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
  const record = fc
    .record({
      name: fc.constantFrom('А', 'Б'),
      fiasGuid: optional(...FIAS),
      kladr: optional(...KLADR),
      cityCode: optional('7', '8'),
      longitude: optional(128, 128.01, 129),
    })
    .map(({ longitude, ...codes }) =>
      place({
        ...(Object.fromEntries(Object.entries(codes).filter(([, code]) => code !== undefined)) as { name: string }),
        ...(longitude === undefined ? {} : { latitude: 51, longitude }),
      }),
    );
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), fc.array(record, { maxLength: 6 }), (earlier, later) => {
      const { places, report } = merge(earlier, later);
      const merged = Object.values(report.merged).reduce((sum, count) => sum + count, 0);
      expect(report.added + merged).toBe(later.length);
      expect(places).toHaveLength(earlier.length + report.added);
      // What was stated first is still stated.
      for (const [index, facts] of earlier.entries()) {
        expect(places[index]).toMatchObject({ ...facts, otherNames: expect.anything() });
      }
      // Every record's codes stand together on some place.
      for (const { fiasGuid, kladr, cityCode } of later) {
        const holds = (facts: PlaceFacts) =>
          [facts.fiasGuid === fiasGuid, facts.kladr === kladr, facts.cityCode === cityCode].every(
            (same, code) => [fiasGuid, kladr, cityCode][code] === undefined || same,
          );
        expect(places.some(holds)).toBe(true);
      }
    }),
  );
});
