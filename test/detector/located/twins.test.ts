import { describe, expect, test } from 'vitest';
import { findTwins, type Stated } from '../../../src/detector/located/twins.ts';
import { gazetteerOver } from '../local-gazetteer.ts';

const HEADER =
  'city_code,city_name,region,region_code_ext,postcodes,fias_guid,kladr,latitude,longitude,sub_region,settlement_type';
const GUID = '11111111-2222-4333-8444-555555555555';
const OTHER_GUID = '22222222-2222-4333-8444-555555555555';
const ROWS = [
  `10,Ивановка,Амурская,28,675500,${GUID},2800100000100,50.40,128.00,Ивановский р-н,с`,
  ',Ивановка,Амурская,28,676500,,,52.00,128.90,Мазановский р-н,с',
  ',Белогорск,Амурская,28,676850,,,50.92,128.47,,г',
  ',Белогорск,Крым,91,297600,,,45.05,34.60,,г',
  ',Тамбовка,Амурская,28,676950,,,,,,с',
];

/** The gazetteer's record of a place that is stated so, as `name postcode, by what`. */
function twinOf(...stated: (Omit<Stated, 'subject'> & { readonly region?: string })[]) {
  const gazetteer = gazetteerOver([HEADER, ...ROWS, ''].join('\n'));
  const places = stated.map(({ region = '28', ...facts }) => ({ ...facts, subject: { code: region, name: '' } }));
  const twins = findTwins(places, gazetteer);
  return places.map((place) => {
    const twin = twins.get(place);
    return twin && `${twin.place.name} ${twin.place.postcode}, ${twin.by}`;
  });
}

describe('a stated place and a record of the gazetteer are one', () => {
  test.each<[string, Omit<Stated, 'subject'> & { readonly region?: string }, string | undefined]>([
    ['by FIAS GUID, whatever the name', { name: 'Иваново', fiasGuid: GUID }, 'Ивановка 675500, code'],
    ['by KLADR', { name: 'Ивановка', kladr: '2800100000100' }, 'Ивановка 675500, code'],
    ['not by GUID where KLADR differs', { name: 'Х', fiasGuid: GUID, kladr: '2800200000100' }, undefined],
    ['not by KLADR where the GUID differs', { name: 'Х', fiasGuid: OTHER_GUID, kladr: '2800100000100' }, undefined],
    ['by a name that is near', { name: 'Ивановка', latitude: 52.01, longitude: 128.91 }, 'Ивановка 676500, name'],
    ['by a name written with its type', { name: 'Тамбовка с', kladr: '1' }, 'Тамбовка 676950, name'],
    ['not by a name that two in the subject bear', { name: 'Ивановка' }, undefined],
    ['by a name that one in the subject bears', { name: 'Белогорск' }, 'Белогорск 676850, name'],
    ['in its own subject', { name: 'Белогорск', region: '91' }, 'Белогорск 297600, name'],
    ['not in another', { name: 'Белогорск', region: '77' }, undefined],
    ['not by a unique name that is far away', { name: 'Белогорск', latitude: 54.9, longitude: 128 }, undefined],
    [
      'by position alone where codes differ',
      { name: 'Ивановка', fiasGuid: OTHER_GUID, latitude: 50.41, longitude: 128.01 },
      'Ивановка 675500, position',
    ],
    ['not at all', { name: 'Небывалово' }, undefined],
  ])('%s', (_, stated, expected) => {
    expect(twinOf(stated)).toEqual([expected]);
  });

  test('one record is the twin of one place: the code decides before the name', () => {
    expect(
      twinOf(
        { name: 'Ивановка', latitude: 50.4, longitude: 128 },
        { name: 'Ивановка', fiasGuid: GUID },
        { name: 'Белогорск' },
        { name: 'Белогорск' },
      ),
    ).toEqual([undefined, 'Ивановка 675500, code', undefined, undefined]);
  });
});
