import { describe, expect, test } from 'vitest';
import type { Detection } from '../../src/address/detection.ts';
import { indexOverrides, settledQuestion } from '../../src/address/override.ts';
import type { AddressQuery } from '../../src/address/query.ts';
import type { Detector } from '../../src/detector/detector.ts';
import { overridden } from '../../src/detector/overridden.ts';
import { DAY, found, JOB_START, refused, rows, type TableApi, tableApi } from './inferred/table-api.ts';
import { query } from './query.ts';

const FIRST = 'Lenina 21, 2 Blagoveschensk';
const BLAGOVESHCHENSK = found('Благовещенск', '286');
const TWO = ['Благовещенск', 'Моховая Падь'];

/** An API that answers everything with one detection. */
function always(detection: Detection): TableApi {
  return tableApi(() => detection);
}

/** Lets a job of the day before ask something, without inferring anything. */
async function teach(api: TableApi, addresses: readonly (string | Partial<AddressQuery>)[], days = 1) {
  await rows(api.job({ jobStart: JOB_START - days * DAY, startsOff: true }), addresses);
  api.asked.length = 0;
}

describe('a new address of a known postcode', () => {
  test.each([
    'Gorkogo 3, Blagoveshchensk',
    'Благовещенск, ул. Горького, 3',
    'BLAGOWESCHENSK; Mukhina 5',
    'Amurskaya oblast, g. Blagoveshchenck, ul. Gorkogo, 3-12',
    '675000, Blagoveshchensk, Mukhina 5',
  ])('is answered without a request: %s', async (address) => {
    const api = always(BLAGOVESHCHENSK);
    await teach(api, [FIRST]);
    expect(await rows(api.job(), [address])).toEqual(['OK 286 inferred']);
    expect(api.asked).toEqual([]);
  });

  test('gets the whole answer that was learnt, with how sure it is', async () => {
    const api = always({ ...BLAGOVESHCHENSK, status_msg: 'CDEK城市识别成功' });
    await teach(api, [FIRST]);
    expect(api.job().recall([query({ address: 'Gorkogo 3, Blagoveshchensk' })])).toEqual([
      { kind: 'answered', source: 'inferred', detection: BLAGOVESHCHENSK, confidence: 1 },
    ]);
  });

  test.each([
    ['names no city', 'Gorkogo 3'],
    ['names another town', 'Gorkogo 3, Belogorsk'],
    ['names another town besides', 'Gorkogo 3, Blagoveshchensk, Novorossiysk'],
    ['names another region', 'Moskovskaya oblast, Blagoveshchensk, Gorkogo 3'],
    ['names another settlement', 'pos. Novyy, Gorkogo 3, Blagoveshchensk'],
    ['has another postcode', '300000, Blagoveshchensk, Gorkogo 3'],
    ['has the name in a street', 'ul. Blagoveshchenskaya 3'],
    ['has the name before a house number', 'Blagoveshchensk 3'],
    ['has the name of a district', 'Blagoveshchenskiy r-n, Gorkogo 3'],
    ['has a name that is far from it', 'Gorkogo 3, Blagovsk'],
  ])('is asked when it %s', async (_, address) => {
    const api = always(BLAGOVESHCHENSK);
    await teach(api, [FIRST]);
    expect(await rows(api.job(), [address])).toEqual(['OK 286 api']);
    expect(api.asked).toHaveLength(1);
  });

  test('is asked when a longer name beside it would be another place', async () => {
    const api = always(found('Алексеевка', '900'));
    await teach(api, [{ address: 'Alekseevka, Lenina 1', postcode: '676000' }]);
    const asked = ['Novaya Alekseevka, Mira 2', 'Alekseevka, Mira 2'].map((address) => ({
      address,
      postcode: '676000',
    }));
    expect(await rows(api.job(), asked)).toEqual(['OK 900 api', 'OK 900 inferred']);
  });

  test('is asked where only a name of another language is known that other places have too', async () => {
    const api = always(found('Тольятти', '901', ['Тольятти'], { region: 'Самарская', regionCode: '1' }));
    await teach(api, [{ address: 'Togliatti, Lenina 1', postcode: '445000' }]);
    expect(await rows(api.job(), [{ address: 'Mira 2, Stavropol', postcode: '445000' }])).toEqual(['OK 901 api']);
  });

  test('is asked where the letters are too few to tell names apart', async () => {
    const api = always(found('Миасс', '902', ['Миасс'], { region: 'Челябинская', regionCode: '9' }));
    await teach(api, [{ address: 'Miass, Lenina 1', postcode: '456300' }]);
    const asked = ['Mira 2, Mas', 'Mira 2, Miass'].map((address) => ({ address, postcode: '456300' }));
    expect(await rows(api.job(), asked)).toEqual(['OK 902 api', 'OK 902 inferred']);
  });
});

describe('a postcode with several cities', () => {
  const table = ({ address }: AddressQuery) =>
    /pad/i.test(address) ? found('Моховая Падь', '903', TWO) : found('Благовещенск', '286', TWO);

  test('is answered for each city that is known, and asked for the others', async () => {
    const api = tableApi(table);
    await teach(api, [FIRST]);
    expect(await rows(api.job(), ['Blagoveshchensk, Mira 1'])).toEqual(['OK 286 inferred']);
    expect(await rows(api.job(), ['Mokhovaya Pad, Mira 1'])).toEqual(['OK 903 api']);
  });

  test('is asked where an address names two of them', async () => {
    const api = tableApi(table);
    await teach(api, [FIRST, 'Mokhovaya Pad, Mira 1']);
    expect(await rows(api.job(), ['Blagoveshchensk, Mokhovaya Pad, Mira 7'])).toEqual(['OK 903 api']);
  });

  test.each([
    ['the same name twice', ['Ивановка', 'Ивановка']],
    ['names with one fold', ['Ивановка', 'Ивановка (Тамбовский р-н)']],
    ['names a slip apart', ['Ивановка', 'Ивановко']],
  ])('is asked where it has %s', async (_, possible) => {
    const api = always(found('Ивановка', '904', possible));
    await teach(api, ['Ivanovka, Lenina 1']);
    expect(await rows(api.job(), ['Ivanovka, Mira 2'])).toEqual(['OK 904 api']);
  });
});

describe('nothing is inferred', () => {
  const answer = 'Blagoveshchensk, Mira 1';

  async function taughtBy(
    taught: readonly Detection[],
    addresses: readonly string[] = [FIRST, 'Zeyskaya 5', 'Mira 9'],
  ) {
    const left = taught.values();
    const api = tableApi(() => left.next().value ?? BLAGOVESHCHENSK);
    for (const address of addresses.slice(0, taught.length)) await teach(api, [address]);
    return rows(api.job(), [answer]);
  }

  test('from answers that list different cities', async () => {
    expect(await taughtBy([BLAGOVESHCHENSK, refused(TWO)])).toEqual(['OK 286 api']);
  });

  test('from an answer that lists none', async () => {
    const { possible_cities: _, ...rest } = BLAGOVESHCHENSK;
    expect(await taughtBy([rest])).toEqual(['OK 286 api']);
    expect(await taughtBy([BLAGOVESHCHENSK, refused([])])).toEqual(['OK 286 api']);
  });

  test('from answers that found different cities under one name', async () => {
    expect(await taughtBy([BLAGOVESHCHENSK, found('Благовещенск', '999')])).toEqual(['OK 286 api']);
  });

  test('from refusals alone', async () => {
    expect(await taughtBy([refused(['Благовещенск'])], ['Zeyskaya 5'])).toEqual(['OK 286 api']);
  });

  test.each([
    ['has no GUID', { detected_fias_city: { formal_name: 'Благовещенск' } }, { fiasGuid: undefined }],
    ['has two different GUIDs', {}, { fiasGuid: '00000000-0000-4000-8000-000000000001' }],
    ['is in doubt', { confidence: 0.5 }, {}],
    ['found a city that its postcode does not list', { possible_cities: ['Белогорск'] }, {}],
    ['foretells an order error', { order_error: 'ERR_RECCITYPOSTCODE_DUBL' as const }, {}],
  ])('from an answer that %s', async (_, more, city) => {
    const { fiasGuid, ...rest } = { ...BLAGOVESHCHENSK.detected_cdek_city, ...city } as { fiasGuid?: string };
    const changed = fiasGuid === undefined ? rest : { ...rest, fiasGuid };
    expect(await taughtBy([{ ...BLAGOVESHCHENSK, ...more, detected_cdek_city: changed } as Detection])).toEqual([
      'OK 286 api',
    ]);
  });

  test('where the API refused an address about which the matcher is sure', async () => {
    expect(
      await taughtBy([BLAGOVESHCHENSK, refused(['Благовещенск'])], [FIRST, 'Zeyskaya 5, Blagoveshchensk']),
    ).toEqual(['OK 286 api']);
  });

  test('for an address that the API refused, however long ago that was', async () => {
    const api = tableApi(({ address }) => (address === answer ? refused(['Благовещенск']) : BLAGOVESHCHENSK));
    await teach(api, [answer], 20);
    await teach(api, [FIRST]);
    expect(await rows(api.job(), [answer])).toEqual(['ERR_NOT_DETECT_CITY_IN_ADDRESS - api']);
  });

  test('from answers that are too old, or were asked to be renewed', async () => {
    const api = always(BLAGOVESHCHENSK);
    await teach(api, [FIRST], 31);
    expect(await rows(api.job(), [answer])).toEqual(['OK 286 api']);
    await teach(api, [FIRST], 1);
    expect(await rows(api.job({ jobStart: JOB_START + 1, refresh: true }), [answer])).toEqual(['OK 286 api']);
  });

  test('for a question that a person has settled', async () => {
    const api = always(BLAGOVESHCHENSK);
    await teach(api, [FIRST]);
    const find = indexOverrides([
      {
        question: settledQuestion(query({ address: answer })),
        correction: { kind: 'question', address: 'Blagoveshchensk, Lenina 77' },
      },
    ]);
    const settled = (detector: Detector) => overridden(detector, find, 0.86);
    expect(await rows(api.job({ own: settled }), [answer, 'Blagoveshchensk, Mira 2'])).toEqual([
      'OK 286 override',
      'OK 286 inferred',
    ]);
    expect(api.asked.map(({ address }) => address)).toEqual(['Blagoveshchensk, Lenina 77']);
  });

  test('from what was inferred', async () => {
    const api = always(BLAGOVESHCHENSK);
    await teach(api, [FIRST], 29);
    expect(await rows(api.job(), [answer])).toEqual(['OK 286 inferred']);
    expect(await rows(api.job({ jobStart: JOB_START + 5 * DAY }), ['Blagoveshchensk, Mira 2'])).toEqual(['OK 286 api']);
  });
});

describe('cash on delivery', () => {
  async function asked(paymentLimit: number | undefined, codRub: number) {
    const { paymentLimit: _, ...city } = BLAGOVESHCHENSK.detected_cdek_city ?? { cityCode: '', cityName: '' };
    const detected_cdek_city = paymentLimit === undefined ? city : { ...city, paymentLimit };
    const api = always({ ...BLAGOVESHCHENSK, detected_cdek_city });
    await teach(api, [FIRST]);
    return (await rows(api.job(), [{ address: 'Blagoveshchensk, Mira 1', codRub }]))[0];
  }

  test.each([
    [-1, 1e6, 'OK 286 inferred'],
    [0, 0, 'OK 286 inferred'],
    [0, 1, 'COD_LIMIT_EXCEEDED 286 inferred'],
    [500, 500, 'OK 286 inferred'],
    [500, 501, 'COD_LIMIT_EXCEEDED 286 inferred'],
    [undefined, 0, 'OK 286 inferred'],
    [undefined, 1, 'OK 286 api'],
  ])('with the limit %s, an amount of %s is %s', async (limit, codRub, expected) => {
    expect(await asked(limit, codRub)).toBe(expected);
  });
});

describe('questions for the FIAS place alone', () => {
  test('learn from their own kind, and teach no other', async () => {
    const { detected_cdek_city: _, ...place } = BLAGOVESHCHENSK;
    const api = tableApi(({ fiasOnly }) => (fiasOnly ? place : BLAGOVESHCHENSK));
    await teach(api, [{ address: FIRST, fiasOnly: true }]);
    expect(await rows(api.job(), [{ address: 'Blagoveshchensk, Mira 1', fiasOnly: true }])).toEqual(['OK - inferred']);
    expect(await rows(api.job(), ['Blagoveshchensk, Mira 1'])).toEqual(['OK 286 api']);
  });
});
