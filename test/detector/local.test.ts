import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDetector } from '../../src/detector/local.ts';
import { builtinGazetteerFile } from '../../src/gazetteer/builtin-file.ts';
import { openGazetteer } from '../../src/gazetteer/sqlite-gazetteer.ts';
import { ACCEPT_CONFIDENCE } from '../../src/toponym/thresholds.ts';
import { SEED_CDEK_CITY, SEED_FIAS_CITY } from '../support/seed-example.ts';
import { ask, detectorOver } from './local-gazetteer.ts';

const builtin = localDetector(openGazetteer(builtinGazetteerFile()));

const SEED_CITY = `city_code,city_name,city_uuid,region,region_code_ext,region_code,region_fias_guid,sub_region,settlement_type,ao_level,fias_guid,kladr,latitude,longitude,timezone,payment_limit,postcodes
286,Благовещенск,0f39b5cc-f2af-41a4-baf2-ac9615f4c2a7,Амурская,28,56,844a80d6-5e31-4017-b422-4d9c01e9942c,Благовещенск,г,4,8f41253d-6e3b-48a9-842a-25ba894bd093,2800000100000,50.2907,127.527,Asia/Yakutsk,-1,675000
`;

describe('the seed document', () => {
  it('is answered field for field', () => {
    expect(ask(detectorOver(SEED_CITY), '675000', 'Lenina 21, 2 Blagoveschensk').detection).toEqual({
      status_code: 'OK',
      detected_cdek_city: SEED_CDEK_CITY,
      detected_fias_city: SEED_FIAS_CITY,
      possible_cities: ['Благовещенск'],
    });
  });

  it('fails as the document fails', () => {
    expect(ask(detectorOver(SEED_CITY), '675000', 'Lenina 21, 2 Badcityname', { codRub: 100 }).detection).toEqual({
      status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS',
      possible_cities: ['Благовещенск'],
    });
  });

  it.each(['Blagoveshchenck', 'Blagoweschensc', 'Blagoveshensk', 'blagoweshensc'])(
    'knows the spelling %s',
    (spelling) => {
      expect(ask(detectorOver(SEED_CITY), '675000', spelling).detection.status_code).toBe('OK');
    },
  );
});

const HEADER =
  'city_code,city_name,region,region_code_ext,sub_region,settlement_type,fias_guid,payment_limit,postcodes\n';
const GUID = '8f41253d-6e3b-48a9-842a-25ba894bd093';

describe('what the gazetteer knows decides the status', () => {
  const detector = () =>
    detectorOver(
      `${HEADER}10,Тула,Тульская область,71,,г,${GUID},5000,300000
11,Орёл,Орловская область,57,,г,,,302000
,Липецк,Липецкая область,48,,г,eacb5f15-1a2e-432e-904a-ca56bd635f1b,,398000
,Тамбов,Тамбовская область,68,,г,,,392000
`,
    );

  it.each([
    ['300000', 'Tula', 'OK', 'OK'],
    ['302000', 'Orel', 'OK', 'ERR_CDEK_HAS_NO_FIAS_GUID'],
    ['398000', 'Lipetsk', 'ERR_CDEK_HAS_NO_FIAS_GUID', 'OK'],
    ['392000', 'Tambov', 'ERR_CDEK_HAS_NO_FIAS_GUID', 'ERR_CDEK_HAS_NO_FIAS_GUID'],
  ])('%s %s: %s in full, %s for FIAS only', (postcode, address, full, fiasOnly) => {
    const local = detector();
    const answer = ask(local, postcode, address).detection;
    expect(answer.status_code).toBe(full);
    expect(answer.detected_cdek_city === undefined).toBe(full !== 'OK');
    expect(answer.detected_fias_city).toBeDefined();
    const short = ask(local, postcode, address, { fiasOnly: true }).detection;
    expect(short.status_code).toBe(fiasOnly);
    expect(short.detected_cdek_city).toBeUndefined();
  });

  it('judges cash on delivery by the limit where it is known', () => {
    const local = detector();
    const status = (postcode: string, address: string, codRub: number) =>
      ask(local, postcode, address, { codRub }).detection.status_code;
    expect(status('300000', 'Tula', 5000)).toBe('OK');
    expect(status('300000', 'Tula', 5000.01)).toBe('COD_LIMIT_EXCEEDED');
    expect(status('302000', 'Orel', 1_000_000)).toBe('OK');
  });
});

const NAMESAKES = `${HEADER}1,Алексеевка,Белгородская область,31,Алексеевский,г,,,309850
2,Новоалексеевка,Белгородская область,31,,с,,,309851
3,Верхний Уфалей,Челябинская область,74,,г,,,456800
4,Нижний Уфалей,Челябинская область,74,,п,,,456804
5,Троицкое,Московская область,50,Истринский район,с,,,143500
6,Троицкое,Московская область,50,Чеховский район,д,,,143500
7,Новосибирск,Новосибирская область,54,,г,,,630024
8,Новороссийск,Краснодарский край,23,,г,,,353900
9,Киров,Кировская область,43,,г,,,610000
10,Благовещенск,Амурская область,28,,г,,,675000
11,Благовещенск,Республика Башкортостан,02,,г,,,453431
12,Сочи,Краснодарский край,23,,г,,,354000 354340
13,Горки-2,Московская область,50,,п,,,143033
14,Горки-10,Московская область,50,,п,,,143032
15,19 Поселок,Московская область,50,,п,,,140731
16,Росия,Московская область,50,,д,,,143153
17,ст Ленинская,Московская область,50,,,,,143154
`;

describe('a doubt is never talked into an answer', () => {
  it.each([
    ['a longer name is another place', '309850', 'Novoalekseevka, Sadovaya 5'],
    ['a longer name in two words too', '309850', 'Novaya Alekseevka, Sadovaya 5'],
    ['a shorter name is another place', '309851', 'Alekseevka, Sadovaya 5'],
    ['upper is not lower', '456800', 'Nizhny Ufaley, Lenina 5'],
    ['a number is part of the name', '143033', 'pos. Gorki-10, 33'],
    ['the vowel at the end tells', '610000', 'Kirovo, Lenina 5'],
    ['a suffix tells', '610000', 'Kirovsk, Lenina 5'],
    ['the street is not the town', '630024', 'ul. Novosibirsk 5, Moscow'],
    ['the region is not the town', '354000', 'Sochi region, Adler'],
    ['another region is another town', '675000', 'Blagoveshchensk, Respublika Bashkortostan, Lenina 5'],
    ['a contradicting town is another town', '630024', 'Novorossiysk, Vidova 5'],
    ['a house number is no settlement', '140731', 'Lenina 19'],
    ['nor is it where the postcode is not listed', '140999', 'Yuzhnaya st., 19, Moscow region'],
    ['the country is no settlement', '143153', 'Lenina 19, Russia'],
    ['nor is it misspelled or in full', '143153', 'Lenina 19, Rossiya, Russian Federation'],
    ['a settlement word before st is a street', '143154', '4 office 2, Leninskaya Sloboda st'],
    ['an unknown postcode has no towns', '999999', 'Sochi'],
  ])('%s', (_why, postcode, address) => {
    expect(ask(detectorOver(NAMESAKES), postcode, address).detection.status_code).toBe(
      'ERR_NOT_DETECT_CITY_IN_ADDRESS',
    );
  });

  it('knows a settlement that is a number beside its word', () => {
    expect(ask(detectorOver(NAMESAKES), '140731', '19 poselok, Lenina 5').detection.status_code).toBe('OK');
  });

  it.each(['050000', '220030', '990000', '290001'])(
    'says of %s that it is none of Russia, and detects nothing',
    (code) => {
      const outcome = ask(builtin, code, 'Moskva, Tverskaya 1');
      expect(outcome.note).toEqual({ kind: 'foreign-postcode', postcode: code });
      expect(outcome.detection).toEqual({ status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS' });
    },
  );

  it('says where only the beginning of a postcode is known', () => {
    expect(ask(builtin, '675999', 'Moskva, Tverskaya 1').note).toMatchObject({ kind: 'elsewhere', byPrefix: true });
  });

  it('says where the address is when it is clearly elsewhere', () => {
    expect(ask(detectorOver(NAMESAKES), '630024', 'g. Novorossiysk, Vidova 5').note).toEqual({
      kind: 'elsewhere',
      named: 'Новороссийск',
      namedPostcode: '353900',
      postcode: '630024',
      postcodePlace: 'Новосибирск',
    });
  });

  it('names several when namesakes are not told apart, and one when they are', () => {
    const local = detectorOver(NAMESAKES);
    const code = (address: string) => ask(local, '143500', address).detection;
    expect(code('Troitskoe 5')).toMatchObject({
      status_code: 'ERR_MANY_CITIES_IN_ADDRESS',
      possible_cities: ['Троицкое'],
    });
    expect(code('Troitskoe, Chekhovsky r-n').detected_cdek_city?.cityCode).toBe('6');
    expect(code('Istrinskiy district, Troitskoe').detected_cdek_city?.cityCode).toBe('5');
    expect(code('s. Troitskoe').detected_cdek_city?.cityCode).toBe('5');
    expect(code('der. Troitskoe').detected_cdek_city?.cityCode).toBe('6');
  });

  it('asks for review when the address holds a postcode of another place', () => {
    const local = detectorOver(NAMESAKES);
    expect(ask(local, '354000', 'Sochi 354340, Lenina 5').confidence).toBeGreaterThan(0.9);
    expect(ask(local, '354000', 'Sochi 353900, Lenina 5').confidence).toBeLessThan(0.86);
  });
});

describe('where only a prefix is known', () => {
  it('answers with the place that owns the prefix, and with a note for another of the subject', () => {
    const local = detectorOver(NAMESAKES);
    const other = ask(local, '309859', 'Alekseevka, Belgorodskaya oblast');
    expect(other.detection.detected_cdek_city?.cityCode).toBe('1');
    expect(other.note).toEqual({ kind: 'unowned-postcode', named: 'Алексеевка' });
    expect(other.detection.possible_cities?.length).toBeLessThanOrEqual(10);
  });

  it.each([
    ['456309', 'a postcode with the first four digits of the town', true],
    ['456000', 'one of other towns with the same three', false],
    ['454902', 'one whose three digits the city heads', true],
    ['454512', 'one of the raion around that city', false],
  ])('%s, %s: needs no review is %s', (postcode, _what, isSure) => {
    const local = detectorOver(`city_code,city_name,region,region_code_ext,postcodes
961,Миасс,Челябинская область,74,456300
259,Челябинск,Челябинская область,74,454000`);
    const { confidence } = ask(local, postcode, postcode.startsWith('454') ? 'Chelyabinsk' : 'Miass, Lenina 5');
    expect((confidence ?? 0) >= ACCEPT_CONFIDENCE).toBe(isSure);
  });
});

describe('bad input', () => {
  it.each([
    ['one letter', 'x'],
    ['blanks', ' \t '],
    ['emoji', '🏠📦🇷🇺'],
    ['right to left', 'שלום עולם مرحبا'],
    ['control characters', '\u0000\u0007\u001b[2J\u200f'],
    ['signs', '...,,,---///((('],
    ['ten kilobytes of words', 'ul. Novaya-Staraya 5, '.repeat(500)],
    ['ten kilobytes without a break', 'sch'.repeat(3400)],
    ['ten kilobytes of apostrophes', "a'".repeat(5000)],
    ['ten kilobytes of marks', `e${'\u0301'.repeat(10_000)}`],
    ['ligatures that grow', 'ﷺ'.repeat(3000)],
    ['half a surrogate', 'Tula \ud800'],
  ])('%s is an ordinary status', (_what, address) => {
    expect(ask(detectorOver(NAMESAKES), '354000', address).detection.status_code).toBe(
      'ERR_NOT_DETECT_CITY_IN_ADDRESS',
    );
  });

  it('any text is an ordinary status', () => {
    const local = detectorOver(NAMESAKES);
    const word = fc.constantFrom(
      'Sochi',
      'Сочи',
      'ul.',
      'г.',
      'pos',
      'Novo',
      '-',
      ',',
      '5',
      'schtsch',
      'х',
      '😀',
      '\u202e',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('354000', '143500', '309859', '000000', 'x'), (address, postcode) => {
        expect([
          'OK',
          'ERR_NOT_DETECT_CITY_IN_ADDRESS',
          'ERR_MANY_CITIES_IN_ADDRESS',
          'ERR_CDEK_HAS_NO_FIAS_GUID',
        ]).toContain(ask(local, postcode, address).detection.status_code);
      }),
    );
  });

  it('asks and recalls alike', async () => {
    const local = detectorOver(NAMESAKES);
    const query = { postcode: '354000', address: 'Sotchi', codRub: 0, countryCode: 'ru', fiasOnly: false };
    expect(await local.ask(query)).toEqual(local.recall([query])[0]);
  });
});

describe('an answer', () => {
  it('is the very same object for postcodes with the same candidates', () => {
    const [one, other] = ['675016', '675017'].map((postcode) => ask(builtin, postcode, 'Lenina 5'));
    expect(one?.detection.status_code).toBe('ERR_NOT_DETECT_CITY_IN_ADDRESS');
    expect(other).toBe(one);
  });

  it('is the same whatever was answered before, and the very same object for the same choice', () => {
    const file = builtinGazetteerFile();
    const used = localDetector(openGazetteer(file));
    const question = fc.record({
      postcode: fc.constantFrom(
        '675000',
        '675016',
        '675017',
        '630000',
        '101000',
        '300000',
        '141400',
        '999999',
        '040900',
      ),
      address: fc.constantFrom(
        ...['Blagoveshchensk', 'blagoweschensc, Lenina 5', 'Novosibirsk', 'Moskva', 'Tula', 'Uzlovaya Tula', 'Khimki'],
        ...['Himki, Moskovskaya obl', 'ul. Lenina 1', 'Belogorsk Amurskaya obl', 'Svobodny'],
      ),
      codRub: fc.constantFrom(0, 1, 5000, 1_000_000),
      fiasOnly: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 20 }), (questions) => {
        const asked = questions.map((one) => ({ ...one, countryCode: 'ru' }));
        const fresh = localDetector(openGazetteer(file));
        const answers = used.recall(asked);
        expect(answers).toEqual(asked.map((one) => fresh.recall([one])[0]));
        for (const [index, one] of asked.entries()) {
          const again = used.recall([one])[0];
          // A note of another place or of the postcode names the postcode.
          if (again?.note === undefined || again.note.kind === 'unowned-postcode') expect(again).toBe(answers[index]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('answers that are shared', () => {
  const POSTCODES = [
    '675000',
    '300000',
    '300001',
    '101000',
    '190000',
    '692000',
    '690000',
    '610000',
    '999999',
    '220000',
  ];
  const WORDS = [
    'Blagoveschensk',
    'Tula',
    'g. Tula',
    'Moskva',
    'Ussuriysk',
    'Nakhodka',
    'Kirov',
    'ul. Kirova 5',
    'Kirow',
  ];
  const question = fc.record({
    postcode: fc.constantFrom(...POSTCODES),
    address: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((words) => words.join(', ')),
    codRub: fc.constantFrom(0, 1000, 500_000),
    fiasOnly: fc.boolean(),
    countryCode: fc.constant('ru'),
  });
  const LIMITED = `${HEADER}10,Тула,Тульская область,71,,г,${GUID},5000,"300000,300001"
11,Киров,Кировская область,43,,г,${GUID},,610000
12,Кирово,Тульская область,71,,с,,,300001
`;

  it('are those that a detector gives which was asked nothing before', () => {
    for (const fresh of [() => localDetector(openGazetteer(builtinGazetteerFile())), () => detectorOver(LIMITED)]) {
      const used = fresh();
      fc.assert(
        fc.property(fc.array(question, { minLength: 1, maxLength: 20 }), (questions) => {
          const [last] = questions.slice(-1);
          const shared = used.recall(questions).at(-1);
          expect(shared).toEqual(fresh().recall(last === undefined ? [] : [last])[0]);
        }),
        { numRuns: 150 },
      );
    }
  });
});
