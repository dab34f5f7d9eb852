/**
 * `npm run eval [-- --data FOLDER] [--file FILE.csv [--gazetteer FILE]] [-o FOLDER]`: how well the engine detects, on
 * the project's own sets, on public lists in a folder, and on a file of one's own (postcode, address, expected).
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { translate, WIKIPEDIA } from 'iuliia';
import { localDetector } from '../src/detector/local.ts';
import { builtinGazetteerFile } from '../src/gazetteer/builtin-file.ts';
import type { Gazetteer } from '../src/gazetteer/gazetteer.ts';
import { importFiles } from '../src/gazetteer/import-files.ts';
import { openGazetteer } from '../src/gazetteer/sqlite-gazetteer.ts';
import { baselines } from './eval/baselines.ts';
import {
  englishNameCases,
  falseAcceptCases,
  nearestNameCases,
  readPlaceList,
  writeOwnFormat,
} from './eval/data-sets.ts';
import { casesOf, FIXTURE_PLACES, fixtureAddresses, romanizedCities } from './eval/own-sets.ts';
import { renderResults } from './eval/render.ts';
import type { EvalCase, SetResult } from './eval/score.ts';
import { engineGuesser, score } from './eval/score.ts';
import { unlocodeSet } from './eval/unlocode.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    file: { type: 'string' },
    gazetteer: { type: 'string' },
    output: { type: 'string', short: 'o', default: '.eval' },
  },
});

const work = mkdtempSync(join(tmpdir(), 'gorod-eval-'));
const results: SetResult[] = [];

function imported(name: string, files: readonly string[]): Gazetteer {
  const output = join(work, `${name}.sqlite`);
  importFiles({ files, output }, () => {});
  return openGazetteer(output);
}

function measure(name: string, cases: readonly EvalCase[], gazetteer: Gazetteer, compare = false): void {
  results.push(score(name, 'gorod', cases, engineGuesser(localDetector(gazetteer))));
  if (!compare) return;
  for (const { by, guess } of baselines(gazetteer)) results.push(score(name, by, cases, guess));
}

try {
  const builtin = openGazetteer(options.gazetteer ?? builtinGazetteerFile());
  measure('stated cities in every scheme of iuliia', romanizedCities(), builtin);
  const places = imported('fixture', [fileURLToPath(FIXTURE_PLACES)]);
  measure('addresses of fixtures/cases', fixtureAddresses(), places, true);
  if (options.file !== undefined) measure(options.file, casesOf(readFileSync(options.file)), builtin, true);
  if (options.data !== undefined) measureData(options.data);
  const text = renderResults(results);
  mkdirSync(options.output, { recursive: true });
  writeFileSync(join(options.output, 'report.json'), `${JSON.stringify(results, undefined, 1)}\n`);
  writeFileSync(join(options.output, 'report.txt'), text);
  process.stdout.write(text);
} finally {
  rmSync(work, { recursive: true });
}

function measureData(folder: string): void {
  const listed = readPlaceList(folder);
  const own = join(work, 'listed.csv');
  writeOwnFormat(listed, own);
  const gazetteer = imported('listed', [own]);
  const names = englishNameCases(folder, listed);
  measure("CDEK's Latin names", names, gazetteer, true);
  const apart = falseAcceptCases(names, listed);
  measure("false accepts: CDEK's Latin names with postcodes of other places", apart, gazetteer, true);
  const neighbours = nearestNameCases(listed, (name) => translate(name, WIKIPEDIA));
  measure('false accepts: names with postcodes of their nearest neighbours in name', neighbours, gazetteer, true);
  const addresses = fixtureAddresses().filter(({ expected }) => !expected[0]?.startsWith('ERR_'));
  measure("addresses of fixtures/cases among all of CDEK's places", addresses, gazetteer, true);
  const byName = new Map(listed.map((place) => [`${place.name}`, place.code]));
  const coded = addresses.map((one) => ({ ...one, expected: [byName.get(one.expected[0] ?? '') ?? ''] }));
  measure(
    'false accepts: the same addresses with postcodes of other places',
    falseAcceptCases(coded, listed),
    gazetteer,
    true,
  );
  const free = imported('free', [join(folder, 'hflabs-city.csv'), join(folder, 'geonames-ru-postal.zip')]);
  const set = unlocodeSet(
    folder,
    free,
    listed.flatMap((place) => place.postcodes.slice(0, 1)),
  );
  measure('UN/LOCODE names among the places within 20 km', set.cases, set.gazetteer);
}
