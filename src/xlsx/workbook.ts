import { posix } from 'node:path';
import type { Archive } from './archive.ts';
import { Fault } from './fault.ts';
import { parseXml } from './parse-part.ts';
import { XLSX_TEXTS } from './texts.ts';
import type { XmlAttributes } from './xml.ts';

export interface SheetEntry {
  readonly name: string;
  readonly isHidden: boolean;
  readonly part: string;
}

export interface Workbook {
  /** In the order of their tabs; charts are none. */
  readonly sheets: readonly SheetEntry[];
  readonly date1904: boolean;
  readonly stylesPart: string | undefined;
  readonly stringsPart: string | undefined;
}

interface Relation {
  readonly id: string;
  /** The last word of its type: `worksheet`, `styles`. */
  readonly type: string;
  readonly target: string;
}

/** Reads what a workbook is made of. Throws Fault, also for other kinds of files that are zips. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const root = (await relations(archive, '_rels/.rels')).find(({ type }) => type === 'officeDocument');
  const part = root?.target ?? 'xl/workbook.xml';
  if (!archive.has(part) || part.endsWith('.bin')) throw notAWorkbook(archive, part);
  const related = await relations(archive, posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`));
  const partOf = (wanted: string) => related.find(({ type }) => type === wanted)?.target;
  const sheets: SheetEntry[] = [];
  let date1904 = false;
  let isWorkbook = false;
  await parseXml(archive.read(part), (name, attributes) => {
    if (name === 'workbook') isWorkbook = true;
    if (name === 'workbookPr') date1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
    if (name !== 'sheet') return;
    const id = relationId(attributes);
    const relation = related.find((found) => found.id === id);
    if (relation?.type !== 'worksheet') return;
    const isHidden = (attributes.state ?? 'visible') !== 'visible';
    sheets.push({ name: attributes.name ?? '', isHidden, part: relation.target });
  });
  if (!isWorkbook) throw notAWorkbook(archive, part);
  // One that the workbook speaks of has to be there; some programs have one and do not speak of it.
  const beside = (name: string) => {
    const place = posix.join(posix.dirname(part), name);
    return archive.has(place) ? place : undefined;
  };
  return {
    sheets,
    date1904,
    stylesPart: partOf('styles') ?? beside('styles.xml'),
    stringsPart: partOf('sharedStrings') ?? beside('sharedStrings.xml'),
  };
}

/** The prefix of the attribute `id` is the file's own choice, though nearly all say `r`. */
function relationId(attributes: XmlAttributes): string | undefined {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1];
}

async function relations(archive: Archive, part: string): Promise<readonly Relation[]> {
  const found: Relation[] = [];
  if (!archive.has(part)) return found;
  const folder = posix.dirname(posix.dirname(part));
  await parseXml(archive.read(part), (name, attributes) => {
    const target = attributes.Target;
    if (name !== 'Relationship' || target === undefined) return;
    found.push({
      id: attributes.Id ?? '',
      type: (attributes.Type ?? '').replace(/^.*\//, ''),
      target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
    });
  });
  return found;
}

function notAWorkbook(archive: Archive, part: string): Fault {
  if (part.endsWith('.bin')) return new Fault(XLSX_TEXTS.binary);
  if (archive.has('mimetype')) return new Fault(XLSX_TEXTS.otherFormat);
  return new Fault(XLSX_TEXTS.noWorkbook);
}
