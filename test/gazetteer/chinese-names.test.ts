import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtinGazetteerFile } from '../../src/gazetteer/builtin-file.ts';
import type { Gazetteer } from '../../src/gazetteer/gazetteer.ts';
import { openGazetteer } from '../../src/gazetteer/sqlite-gazetteer.ts';
import { createDetector, detect } from '../../src/index.ts';
import { CHINESE_NAMES } from '../../src/toponym/chinese-names.ts';
import { fold } from '../../src/toponym/fold.ts';

let gazetteer: Gazetteer;

beforeAll(() => {
  gazetteer = openGazetteer(builtinGazetteerFile());
});

afterAll(() => {
  gazetteer.close();
});

describe('the table of Chinese names', () => {
  it('states each place once, and each name once', () => {
    const places = CHINESE_NAMES.map(({ name, subjectCode }) => `${subjectCode} ${name}`);
    expect(new Set(places).size).toBe(places.length);
    const names = CHINESE_NAMES.flatMap(({ chinese }) => chinese);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^\p{Script=Han}{2,}(?<!市)$/u);
  });

  it('leads to places of the built-in gazetteer, with and without 市', () => {
    const lost = CHINESE_NAMES.flatMap(({ name, subjectCode, chinese }) =>
      chinese
        .flatMap((text) => [text, `${text}市`])
        .filter((text) =>
          gazetteer
            .named(fold(text))
            .every((place) => place.subject.code !== subjectCode || fold(place.name) !== fold(name)),
        )
        .map((text) => `${name} ${text}`),
    );
    expect(lost).toEqual([]);
  });
});

describe('an address in Chinese', () => {
  it.each([
    ['675000', '布拉戈维申斯克 列宁街5号', 'Благовещенск'],
    ['675000', '海兰泡市 列宁街5号', 'Благовещенск'],
    ['690000', '符拉迪沃斯托克市 列宁街5号', 'Владивосток'],
    ['680000', '哈巴罗夫斯克 列宁街5号', 'Хабаровск'],
    ['620000', '叶卡捷琳堡 列宁街5号', 'Екатеринбург'],
    ['664000', '伊尔库茨克 列宁街5号', 'Иркутск'],
    ['660000', '克拉斯诺亚尔斯克 列宁街5号', 'Красноярск'],
    ['344000', '罗斯托夫 列宁街5号', 'Ростов-на-Дону'],
    ['344000', '顿河畔罗斯托夫 列宁街5号', 'Ростов-на-Дону'],
    ['620000', 'E-burg, Lenina 5', 'Екатеринбург'],
    ['620000', 'Eburg, Lenina 5', 'Екатеринбург'],
    // A name of one character more or less, or another one, is another city.
    ['634000', '鄂木斯克 列宁街5号', 'ERR_NOT_DETECT_CITY_IN_ADDRESS'],
    ['350000', '克拉斯诺亚尔斯克 列宁街5号', 'ERR_NOT_DETECT_CITY_IN_ADDRESS'],
    ['305000', '库尔干 列宁街5号', 'ERR_NOT_DETECT_CITY_IN_ADDRESS'],
  ])('%s %s is %s', async (postcode, address, expected) => {
    await using detector = await createDetector({ detector: 'local' });
    const { outcome, judgement } = await detect({ postcode, address }, detector);
    const city = outcome.kind === 'answered' ? outcome.detection.detected_cdek_city?.cityName : undefined;
    expect(judgement.status === 'OK' ? city : judgement.status).toBe(expected);
  });
});
