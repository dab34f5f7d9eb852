import { chmodSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gazetteer, Place } from '../../src/gazetteer/gazetteer.ts';
import { openGazetteer } from '../../src/gazetteer/sqlite-gazetteer.ts';
import { fold } from '../../src/toponym/fold.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { place, writeSmallGazetteer } from './small-gazetteer.ts';

const PLACES = [
  place({ name: 'Малый', population: 10, postcodes: ['676100', '676101'] }),
  place({
    name: 'Большой',
    population: 1000,
    postcodes: ['676100'],
    prefixes: ['67620', '6762'],
    kladr: '2800000200000',
  }),
  place({ name: 'Безлюдный', kladr: '2800100000500' }),
  place({ name: 'Большой', subjectCode: '75', population: 5000, otherNames: [{ text: 'Old Name', kind: 'former' }] }),
];

let folder: TemporaryFolder;
let gazetteer: Gazetteer;

beforeAll(() => {
  folder = temporaryFolder();
  writeSmallGazetteer(folder.file('small.sqlite'), PLACES);
  gazetteer = openGazetteer(folder.file('small.sqlite'));
});

afterAll(() => {
  gazetteer.close();
  folder[Symbol.dispose]();
});

const names = (places: readonly { readonly name: string }[]) => places.map(({ name }) => name);

describe('candidates of a postcode', () => {
  it('are all places that list the very postcode, most populous first', () => {
    const { basis, owners, subjects } = gazetteer.candidates('676100');
    expect([basis, names(owners), names(subjects)]).toEqual(['postcode', ['Большой', 'Малый'], ['Амурская']]);
  });

  it('are the owner of the longest known prefix where the postcode is not listed', () => {
    const { basis, owners } = gazetteer.candidates('676201');
    expect([basis, names(owners)]).toEqual(['prefix', ['Большой']]);
    expect(names(gazetteer.candidates('676299').owners)).toEqual(['Большой']);
  });

  it('have no owner but subjects where only those are known, the most specific prefix first', () => {
    const { basis, owners, subjects, around } = gazetteer.candidates('676999');
    expect([basis, owners, names(subjects)]).toEqual(['prefix', [], ['Забайкальский', 'Амурская']]);
    expect(names(around)).toEqual(['Большой', 'Большой', 'Малый', 'Безлюдный']);
  });

  it.each(['999999', '', '67610', '6761000', 'abcdef', '６７６１００'])('are none for %j', (postcode) => {
    expect(gazetteer.candidates(postcode)).toMatchObject({ basis: 'none', owners: [], around: [], subjects: [] });
  });

  it('are the same object while the postcode stays in memory', () => {
    expect(gazetteer.candidates('676101')).toBe(gazetteer.candidates('676101'));
  });

  it('are the same object for postcodes of the same places', () => {
    expect(gazetteer.candidates('676201')).toBe(gazetteer.candidates('676202'));
    expect(gazetteer.candidates('676201')).not.toBe(gazetteer.candidates('676100'));
  });

  it('are told apart where the number of an owner looks like the code of a subject', () => {
    const before = Array.from({ length: 28 }, (_, at) => place({ name: `Место ${at}` }));
    const owner = place({ name: 'Сосед', subjectCode: '75', prefixes: ['672'] });
    writeSmallGazetteer(folder.file('alike.sqlite'), [...before, owner]);
    const alike = openGazetteer(folder.file('alike.sqlite'));
    expect(names(alike.candidates('676999').owners)).toEqual([]);
    expect(alike.candidates('672000')).toMatchObject({ subjects: [{ code: '75' }], owners: [{ id: 28 }] });
    alike.close();
  });

  it('share one array of places around for the same subjects, and one object for the same place', () => {
    const [one, other] = [gazetteer.candidates('676100'), gazetteer.candidates('676500')];
    expect(one.around).toBe(other.around);
    expect(one.around).toContain(one.owners[0]);
  });

  it('are forgotten in time, so that memory stays bounded', () => {
    const forgetful = openGazetteer(folder.file('small.sqlite'), { mostPostcodes: 10 });
    const first = forgetful.candidates('676102');
    for (let postcode = 676_103; postcode < 676_120; postcode += 1) forgetful.candidates(String(postcode));
    expect(forgetful.candidates('676102')).not.toBe(first);
    expect(forgetful.candidates('676102').around).toBe(first.around);
    forgetful.close();
  });
});

describe('the places around', () => {
  it('are none for a subject that the gazetteer does not know, and those of the others', () => {
    const unknown = { code: '', name: 'Somewhere' };
    const amur = gazetteer.candidates('676100').subjects;
    expect(gazetteer.around([unknown])).toEqual([]);
    expect(gazetteer.around([unknown, ...amur])).toEqual(gazetteer.around(amur));
  });
});

describe('named', () => {
  it('finds places of the whole country by the fold of any of their names, most populous first', () => {
    expect(gazetteer.named(fold('Bolshoy')).map(({ subject }) => subject.code)).toEqual(['75', '28']);
    expect(names(gazetteer.named(fold('old name')))).toEqual(['Большой']);
    expect(gazetteer.named('nosuchplace')).toEqual([]);
  });
});

describe('a place', () => {
  it('is the same, to the last digit, whether it is read alone or with its subject', () => {
    const otherNames = [
      { text: 'Old "Name" l\'ü', kind: 'former' },
      { text: 'Alias', kind: 'alias' },
    ] as const;
    const facts = {
      latitude: 0.1 + 0.2,
      longitude: 100.12345678901234,
      population: 7,
      postcodes: ['676300'],
      otherNames,
    };
    writeSmallGazetteer(folder.file('one.sqlite'), [place({ name: 'Точный', ...facts })]);
    const read = (from: (one: Gazetteer) => readonly Place[]) => {
      const one = openGazetteer(folder.file('one.sqlite'));
      const places = from(one);
      one.close();
      return places;
    };
    const alone = read((one) => one.candidates('676300').owners);
    expect(alone).toMatchObject([{ latitude: 0.1 + 0.2, longitude: 100.12345678901234 }]);
    expect(read((one) => one.around(one.subjects()))).toEqual(alone);
  });

  it('has only the facts that are known, and those of its subject', () => {
    const [, , empty] = gazetteer.candidates('676100').around;
    expect(empty).toEqual({
      id: expect.any(Number),
      name: 'Безлюдный',
      names: [{ text: 'Безлюдный', folded: fold('Безлюдный'), kind: 'official' }],
      subject: expect.objectContaining({ code: '28', fullName: 'Амурская область' }),
      kladr: '2800100000500',
      regionCode: '56',
      regionFiasGuid: '844a80d6-5e31-4017-b422-4d9c01e9942c',
    });
  });

  it('is a town of level 4 when nothing is stated but a KLADR code at city level', () => {
    const [town] = gazetteer.candidates('676100').owners;
    expect(town).toMatchObject({ kladr: '2800000200000', settlementType: 'г', aoLevel: '4' });
  });
});

describe('the version', () => {
  it('is the same for the same content and another for another', () => {
    const versionOf = (name: string, places: typeof PLACES) => {
      writeSmallGazetteer(folder.file(name), places);
      const opened = openGazetteer(folder.file(name));
      opened.close();
      return opened.version;
    };
    expect(versionOf('same.sqlite', PLACES.toReversed())).toBe(gazetteer.version);
    expect(versionOf('other.sqlite', PLACES.slice(1))).not.toBe(gazetteer.version);
  });
});

it('opens a file that may not be written to', () => {
  writeSmallGazetteer(folder.file('readonly.sqlite'), PLACES);
  chmodSync(folder.file('readonly.sqlite'), 0o444);
  const opened = openGazetteer(folder.file('readonly.sqlite'));
  expect(opened.subjects()).toHaveLength(3);
  opened.close();
});
