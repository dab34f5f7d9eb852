import { unzipSync } from 'fflate';
import { GorodError } from '../../errors.ts';
import type { PlaceFacts } from '../draft.ts';
import { plainName } from '../plain-name.ts';
import { createFactReader, requirePostcode } from './fact-reader.ts';
import { createRowCollector, type ImportedRows, RowRefused } from './imported-rows.ts';
import type { SubjectFinder } from './subject-finder.ts';

/** Columns of a GeoNames postal-code table (its readme.txt). */
const COLUMNS = [
  ...['country', 'postcode', 'name', 'admin1', 'admin1_code', 'admin2', 'admin2_code', 'admin3', 'admin3_code'],
  ...['latitude', 'longitude', 'accuracy'],
];

/** From here on the coordinates are those of a place; below they are an average of neighbours. */
const OWN_COORDINATES = 4;

/** Words of sorting centres, mail trains and other post offices that are no settlement. */
const POST_OFFICE =
  /(?:^|[\s-])(?:уфпс|у?мсц|асц|сц|лц|аопп|ммпо|попс|пп-с|ems|почтамт|цех|уч|дти|pi|гцмпп|вокзал|мрп|пждп|опс|уоп|асп|упс)(?=[\s.\d-]|$)/iu;

/**
 * Reads the postal codes of GeoNames, RU.txt or the RU.zip that holds it: one row a postcode, so rows of one name and
 * raion are gathered into one place. The subject is the postcode's, where that leads to several admin1's. Coordinates
 * far outside the subject belong to some namesake elsewhere and are left out with a warning.
 */
export function importGeonames(file: string, content: Buffer, finder: SubjectFinder): ImportedRows {
  const collector = createRowCollector();
  const groups = new Map<string, Group>();
  tableText(file, content)
    .split(/\r?\n/)
    .forEach((line, index) => {
      if (line.trim() === '') return;
      const cells = line.split('\t');
      collector.row(index + 1, () => {
        if (cells.length !== COLUMNS.length) throw new RowRefused(`${cells.length} cells instead of ${COLUMNS.length}`);
        if (cells[0] !== 'RU') collector.skip('a place of another country');
        else if (POST_OFFICE.test(cells[2] ?? '')) collector.skip('a post office, not a settlement');
        else gather(groups, toFacts(cells, finder, collector.warn), index + 1);
        return undefined;
      });
    });
  for (const { line, facts, postcodes } of groups.values()) {
    collector.row(line, () => ({ ...facts, postcodes: [...postcodes] }));
  }
  return collector.finish();
}

interface Group {
  readonly line: number;
  facts: PlaceFacts;
  readonly postcodes: Set<string>;
}

function gather(groups: Map<string, Group>, facts: PlaceFacts, line: number): void {
  const key = [facts.subjectCode, facts.subRegion ?? '', plainName(facts.name)].join(' ');
  const group = groups.get(key);
  if (group === undefined) {
    groups.set(key, { line, facts, postcodes: new Set(facts.postcodes) });
    return;
  }
  for (const postcode of facts.postcodes) group.postcodes.add(postcode);
  if (group.facts.latitude === undefined) group.facts = { ...facts, ...group.facts };
}

function toFacts(cells: readonly string[], finder: SubjectFinder, warn: (reason: string) => void): PlaceFacts {
  const read = createFactReader((column) => cells[COLUMNS.indexOf(column)], warn);
  const postcodes = requirePostcode(read.postcodes('postcode'));
  const name = (read.text('name') ?? '').replace(/[\s-]+\d+$/u, '').replace(/-(На|И|Де)-/gu, lowerCase);
  if (name === '') throw new RowRefused('the place has no name');
  const raion = read.text('admin2');
  const subjectCode = findSubject(postcodes[0] ?? '', read.text('admin1') ?? '', finder);
  const position = Number(read.text('accuracy')) >= OWN_COORDINATES ? read.coordinates('latitude', 'longitude') : {};
  const plausible = finder.mayHold(subjectCode, position);
  if (!plausible) warn('the coordinates lie far outside the subject and were left out');
  return {
    name,
    subjectCode,
    otherNames: [],
    postcodes,
    ...(raion === undefined ? {} : { subRegion: titleCase(raion) }),
    ...(plausible ? position : {}),
  };
}

/** The table still counts autonomous areas to the regions around them, and leaves admin1 empty for some. */
function findSubject(postcode: string, admin1: string, finder: SubjectFinder): string {
  const possible = finder.byPostcode(postcode);
  const named = finder.byName(admin1);
  const subject = possible.find((code) => possible.length === 1 || code === named) ?? named ?? possible[0];
  if (subject === undefined) throw new RowRefused(`neither ${postcode} nor "${admin1}" leads to a federal subject`);
  return subject;
}

function tableText(file: string, content: Buffer): string {
  if (content.subarray(0, 2).toString('latin1') !== 'PK') return content.toString('utf8');
  try {
    const table = unzipSync(content, { filter: ({ name }) => /(?:^|\/)RU\.txt$/i.test(name) });
    const [text] = Object.values(table);
    if (text !== undefined) return Buffer.from(text).toString('utf8');
  } catch (cause) {
    throw new GorodError('BAD_INPUT', `${file}: a damaged zip archive`, { cause });
  }
  throw new GorodError('BAD_INPUT', `${file}: the zip archive holds no RU.txt`);
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}

/** `БЕРЕЗОВСКИЙ РАЙОН` → `Березовский район`. */
function titleCase(text: string): string {
  const lower = text.toLowerCase().replace(/(^|-)(\p{L})/gu, (start) => start.toUpperCase());
  return lower;
}
