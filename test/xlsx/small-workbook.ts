import { writeFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';

export interface SmallSheet {
  readonly name: string;
  /** What stands in its `sheetData`. */
  readonly rows: string;
  /** What stands behind the rows. */
  readonly behind?: string;
  readonly state?: 'hidden';
}

export interface SmallWorkbook {
  readonly sheets: readonly SmallSheet[];
  /** The `si` elements. */
  readonly strings?: string;
  /** Number formats; the cell style `s="1"` has the first. */
  readonly formats?: readonly string[];
  readonly date1904?: boolean;
  /** Parts to add or to replace, by name. */
  readonly parts?: Readonly<Record<string, string>>;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** Makes the bytes of a workbook whose parts are written by hand. */
export function workbookBytes({ sheets, strings, formats = [], date1904, parts }: SmallWorkbook): Uint8Array {
  const ids = sheets.map((_, index) => index + 1);
  const state = (sheet: SmallSheet) => (sheet.state === undefined ? '' : ` state="${sheet.state}"`);
  const all: Record<string, string> = {
    '_rels/.rels': relations([`Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"`]),
    'xl/workbook.xml':
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${date1904 === true ? ' date1904="1"' : ''}/><sheets>` +
      sheets
        .map((sheet, at) => `<sheet name="${sheet.name}" sheetId="${at + 1}"${state(sheet)} r:id="rId${at + 1}"/>`)
        .join('') +
      '</sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relations([
      ...ids.map((id) => `Id="rId${id}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${id}.xml"`),
      `Id="rId90" Type="${OFFICE}/styles" Target="styles.xml"`,
      ...(strings === undefined ? [] : [`Id="rId91" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"`]),
    ]),
    'xl/styles.xml':
      `<styleSheet xmlns="${MAIN}"><numFmts>` +
      formats.map((code, at) => `<numFmt numFmtId="${at + 200}" formatCode="${xml(code)}"/>`).join('') +
      '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>' +
      `${formats.map((_, at) => `<xf numFmtId="${at + 200}"/>`).join('')}</cellXfs></styleSheet>`,
    ...(strings === undefined ? {} : { 'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${strings}</sst>` }),
  };
  for (const [at, { rows, behind = '' }] of sheets.entries()) {
    all[`xl/worksheets/sheet${at + 1}.xml`] =
      `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${behind}</worksheet>`;
  }
  return zipSync(Object.fromEntries(Object.entries({ ...all, ...parts }).map(([name, text]) => [name, strToU8(text)])));
}

/** Writes a workbook of one sheet, `rows` being the content of its `sheetData`, and returns its path. */
export function writeSheet(path: string, rows: string, more: Omit<SmallWorkbook, 'sheets'> & { behind?: string } = {}) {
  const { behind = '', ...workbook } = more;
  writeFileSync(path, workbookBytes({ ...workbook, sheets: [{ name: 'Orders', rows, behind }] }));
  return path;
}

/** A row of texts, as most programs would not write it but all read it. */
export function textRow(number: number, texts: readonly string[]): string {
  const cells = texts.map((text) => `<c t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`);
  return `<row r="${number}">${cells.join('')}</row>`;
}

function relations(items: readonly string[]): string {
  return `<Relationships xmlns="${RELATIONS}">${items.map((item) => `<Relationship ${item}/>`).join('')}</Relationships>`;
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
