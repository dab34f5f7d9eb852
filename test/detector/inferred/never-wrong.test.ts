import fc from 'fast-check';
import { translate, WIKIPEDIA, YANDEX_MAPS } from 'iuliia';
import { expect, test } from 'vitest';
import type { Detection } from '../../../src/address/detection.ts';
import { DAY, found, JOB_START, refused, rows, tableApi } from './table-api.ts';

/** Places of one oblast: towns, villages, names inside others, names a letter apart, a name twice. */
const NAMES = [
  'Благовещенск',
  'Белогорск',
  'Свободный',
  'Райчихинск',
  'Новый',
  'Новая Алексеевка',
  'Алексеевка',
  'Ивановка',
  'Ивановское',
  'Константиновка',
  'Берёзовка',
  'Заречное',
  'Заречный',
  'Моховая Падь',
  'Верхнеблаговещенское',
];
const STREETS = ['Ленина', 'Мира', 'Новая', 'Заречная', 'Благовещенская', 'Свободная', 'Ивановская'];

const place = fc.constantFrom(...NAMES);
const written = fc.constantFrom(
  (text: string) => text,
  (text: string) => translate(text, WIKIPEDIA),
  (text: string) => translate(text, YANDEX_MAPS).toUpperCase(),
);
const form = fc.constantFrom(
  (name: string, street: string, house: number) => `${name}, ${street} ${house}`,
  (name: string, street: string, house: number) => `ул. ${street} ${house}, ${name}`,
  (name: string, street: string, house: number) => `${street} ${house} ${name}`,
  (name: string, street: string, house: number) => `г. ${name}, ул. ${street}, д. ${house}`,
  (name: string, street: string, house: number) => `Амурская область, ${name}, ${street} ${house}`,
  (name: string, street: string, house: number) => `${name} ${house} ${street}`,
);
const order = fc.record({
  /** Of the postcode's cities, by number; else any place, or none. */
  own: fc.option(fc.nat(4), { nil: undefined, freq: 3 }),
  other: fc.option(place, { nil: undefined }),
  street: fc.constantFrom(...STREETS),
  house: fc.integer({ min: 1, max: 99 }),
  script: written,
  form,
});
const month = fc.record({
  possible: fc.uniqueArray(place, { minLength: 1, maxLength: 5 }),
  earlier: fc.array(order, { maxLength: 12 }),
  later: fc.array(order, { minLength: 1, maxLength: 12 }),
});

test('what is inferred is always what the API would have said', { timeout: 60_000 }, async () => {
  let inferred = 0;
  await fc.assert(
    fc.asyncProperty(month, async ({ possible, earlier, later }) => {
      const truths = new Map<string, Detection>();
      const address = ({ own, other, street, house, script, form: put }: (typeof earlier)[number]) => {
        const name = own === undefined ? other : possible[own % possible.length];
        const text = script(name === undefined ? `ул. ${street} ${house}` : put(name, street, house));
        const isThere = name !== undefined && possible.includes(name);
        truths.set(text, isThere ? found(name, String(NAMES.indexOf(name) + 100), possible) : refused(possible));
        return text;
      };
      const api = tableApi(({ address: asked }) => truths.get(asked) ?? 'down');
      await rows(api.job({ jobStart: JOB_START - DAY }), earlier.map(address));
      const asked = later.map(address);
      const answers = await rows(api.job(), asked);
      for (const [index, answer] of answers.entries()) {
        const truth = truths.get(asked[index] ?? '');
        const [status, code, source] = answer.split(' ');
        if (source === 'inferred') inferred += 1;
        expect(`${status} ${code}`).toBe(`${truth?.status_code} ${truth?.detected_cdek_city?.cityCode ?? '-'}`);
      }
    }),
    { numRuns: 200, seed: 1 },
  );
  expect(inferred).toBeGreaterThan(300);
});
