import { describe, expect, it } from 'vitest';
import { loadAtlas } from '../../src/gazetteer/atlas.ts';
import { builtinGazetteerFile } from '../../src/gazetteer/builtin-file.ts';

describe('the atlas of the built-in gazetteer', () => {
  const { subjects, cells } = loadAtlas(builtinGazetteerFile());

  it('places every federal subject, those beyond the 180th meridian in the east', () => {
    expect(subjects.length).toBeGreaterThan(80);
    expect(subjects.find(({ code }) => code === '28')).toMatchObject({ name: 'Амурская область' });
    const chukotka = subjects.find(({ code }) => code === '87');
    expect(chukotka?.longitude).toBeGreaterThan(165);
    for (const { latitude, longitude } of subjects) {
      expect(latitude).toBeGreaterThan(41);
      expect(longitude).toBeGreaterThan(19);
    }
  });

  it('has each spot once', () => {
    expect(new Set(cells.map(String)).size).toBe(cells.length);
    expect(cells.length).toBeGreaterThan(500);
  });
});

it('of a file that is not there says so', () => {
  expect(() => loadAtlas('/nonexistent/gazetteer.sqlite')).toThrow(/is not there/);
});
