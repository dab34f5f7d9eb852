import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Answered } from '../../src/address/outcome.ts';
import type { Detector } from '../../src/detector/detector.ts';
import { localDetector } from '../../src/detector/local.ts';
import type { Gazetteer } from '../../src/gazetteer/gazetteer.ts';
import { importFiles } from '../../src/gazetteer/import-files.ts';
import { openGazetteer } from '../../src/gazetteer/sqlite-gazetteer.ts';

/** A local detector over a real gazetteer file that holds just the rows of a CSV in gorod's own format. */
export function detectorOver(csv: string, finished: (release: () => void) => void = onTestFinished): Detector {
  return localDetector(gazetteerOver(csv, finished));
}

/** A real gazetteer file that holds just the rows of a CSV in gorod's own format. */
export function gazetteerOver(csv: string, finished: (release: () => void) => void = onTestFinished): Gazetteer {
  const folder = mkdtempSync(join(tmpdir(), 'gorod-local-'));
  const input = join(folder, 'places.csv');
  const output = join(folder, 'places.sqlite');
  writeFileSync(input, csv);
  importFiles({ files: [input], output }, () => {});
  const gazetteer = openGazetteer(output);
  finished(() => {
    gazetteer.close();
    rmSync(folder, { recursive: true });
  });
  return gazetteer;
}

/** Asks one full question without cash on delivery, unless `more` says otherwise. */
export function ask(
  detector: Detector,
  postcode: string,
  address: string,
  more: { readonly codRub?: number; readonly fiasOnly?: boolean } = {},
): Answered {
  const query = { postcode, address, codRub: 0, countryCode: 'ru', fiasOnly: false, ...more };
  const [answered] = detector.recall([query]);
  if (answered === undefined) throw new Error('a local detector leaves nothing open');
  return answered;
}
