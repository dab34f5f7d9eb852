import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { FIXTURE_PLACES, fixtureAddresses } from '../../../scripts/eval/own-sets.ts';
import type { EvalCase } from '../../../scripts/eval/score.ts';
import type { CdekCity } from '../../../src/address/detection.ts';
import { learnFacts, type Witness } from '../../../src/detector/inferred/facts.ts';
import { createLesson, type Lesson } from '../../../src/detector/inferred/infer.ts';
import { createLocator } from '../../../src/detector/located/candidates.ts';
import { builtinGazetteerFile } from '../../../src/gazetteer/builtin-file.ts';
import type { Place } from '../../../src/gazetteer/gazetteer.ts';
import { importFiles } from '../../../src/gazetteer/import-files.ts';
import { loadSubjectFinder } from '../../../src/gazetteer/load-draft.ts';
import { openGazetteer } from '../../../src/gazetteer/sqlite-gazetteer.ts';
import { temporaryFolder } from '../../support/cli.ts';

const folder = temporaryFolder();
importFiles({ files: [fileURLToPath(FIXTURE_PLACES)], output: folder.file('places.sqlite') }, () => {});
const places = openGazetteer(folder.file('places.sqlite'));
const builtin = openGazetteer(builtinGazetteerFile());
const locate = createLocator(builtin, loadSubjectFinder());
const lifetimes = { ttlMs: 1000, negativeTtlMs: 1000 };

afterAll(() => {
  places.close();
  builtin.close();
  folder[Symbol.dispose]();
});

/** What an API would have taught that has found each city of a postcode once; undefined for a postcode without any. */
function lessonOf(postcode: string): Lesson | undefined {
  const { basis, owners } = places.candidates(postcode);
  if (basis !== 'postcode') return undefined;
  const possible = [...new Set(owners.map(({ name }) => name))];
  const witnesses = owners.map((place): Witness => {
    const guid = place.fiasGuid ?? `guid of ${place.id}`;
    const detection = {
      status_code: 'OK',
      detected_cdek_city: cityOf(place, guid),
      detected_fias_city: { formal_name: place.name, guid },
      possible_cities: possible,
    };
    return { address: String(place.id), answer: { detection, fetchedAt: 1 } };
  });
  const facts = learnFacts(witnesses, { lifetimes, jobStart: 2, before: 2 });
  return facts && createLesson(postcode, facts, false, locate);
}

function cityOf({ id, name, cityCode = `code of ${id}`, subject, kladr }: Place, fiasGuid: string): CdekCity {
  const code = { regionCodeExt: subject.code, region: subject.name };
  return { cityCode, cityName: name, fiasGuid, paymentLimit: -1, ...code, ...(kladr === undefined ? {} : { kladr }) };
}

/** The name that is inferred for an address, without its ё. */
function inferredName(postcode: string, address: string): string | undefined {
  const answer = lessonOf(postcode)?.infer({ postcode, address, codRub: 0, countryCode: 'ru', fiasOnly: false });
  return answer?.detection.detected_cdek_city?.cityName.replaceAll('ё', 'е');
}

function namesOf({ expected }: EvalCase): readonly string[] {
  return expected.map((name) => name.replaceAll('ё', 'е'));
}

const cases = fixtureAddresses().filter(({ postcode }) => places.candidates(postcode).basis === 'postcode');

test('of the hand-written addresses most are inferred, and each as it should be', () => {
  const inferred = cases.map((one) => ({ ...one, name: inferredName(one.postcode, one.address) }));
  const right = inferred.filter(({ name }) => name !== undefined);
  for (const one of right) expect(namesOf(one), one.address).toContain(one.name);
  expect(right.length / cases.length).toBeGreaterThan(0.8);
});

test('with the postcode of another place hardly any is inferred, and none as a place that it does not name', () => {
  const postcodes = [...new Set(cases.map(({ postcode }) => postcode))];
  let inferred = 0;
  for (const [index, one] of cases.entries()) {
    const other = postcodes[(index * 37 + 11) % postcodes.length] ?? '';
    const name = inferredName(other, one.address);
    if (name === undefined || other === one.postcode) continue;
    inferred += 1;
    expect(namesOf(one), `${other} ${one.address}`).toContain(name);
  }
  expect(inferred / cases.length).toBeLessThan(0.02);
});

test('an address that names other towns or regions too is asked about, however many they are', () => {
  expect(inferredName('675000', 'Amurskaya obl, Blagoveshchensk, ul. Lenina 1')).toBe('Благовещенск');
  for (const address of [
    'g. Moskva, g. Blagoveshchensk, ul. Lenina 1',
    'g. Moskva, g. Novosibirsk, g. Blagoveshchensk, ul. Lenina 1',
    'Blagoveshchensk, Blagoveshchenskiy rayon, Ufa, Sterlitamak',
    'Samara, Tomsk, Blagoveshchensk',
    'Bashkortostan, Blagoveshchensk, ul. Lenina 1',
    'Bashkortostan, Amurskaya obl, Blagoveshchensk',
  ]) {
    expect(inferredName('675000', address), address).toBeUndefined();
  }
});
