import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { oldWorkbook } from '../../src/xlsx/old-workbook.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { readAll } from './read-all.ts';
import { type SmallWorkbook, textRow, workbookBytes, writeSheet } from './small-workbook.ts';

const GOOD = textRow(1, ['postcode', 'address']) + textRow(2, ['101000', 'Moskva']);

describe('a bad spreadsheet ends in one error that names the file', () => {
  let folder: TemporaryFolder;
  let file: string;

  beforeEach(() => {
    folder = temporaryFolder();
    file = folder.file('orders.xlsx');
  });
  afterEach(() => folder[Symbol.dispose]());

  async function refusal(bytes: Uint8Array): Promise<string> {
    writeFileSync(file, bytes);
    return readAll(file).then(
      () => 'read',
      (error) => `${error.code} ${error.message}`,
    );
  }

  it('where it is cut short anywhere', async () => {
    const whole = readFileSync(writeSheet(file, GOOD));
    for (let length = 30; length < whole.length; length += 97) {
      expect(await refusal(whole.subarray(0, length))).toMatch(
        /^BAD_INPUT orders.xlsx: cannot be read as a spreadsheet: /,
      );
    }
  });

  it('where a bit of its sheet is wrong, before a row is handed out', async () => {
    const rows =
      GOOD + Array.from({ length: 5000 }, (_, at) => textRow(at + 3, [`${100000 + at}`, `Moskva ${at}`])).join('');
    const whole = readFileSync(writeSheet(file, rows));
    const damaged = Buffer.from(whole);
    const near = damaged.indexOf('xl/worksheets/sheet1.xml') + 20_000;
    damaged[near] = (damaged[near] ?? 0) ^ 0x10;
    expect(await refusal(damaged)).toMatch(/^BAD_INPUT orders.xlsx(?:, "Orders")?: cannot be read as a spreadsheet: /);
  });

  it('or is read as it was, wherever bytes of it are wrong', async () => {
    const whole = readFileSync('fixtures/files/marketplace.xlsx');
    const sound = await readAll('fixtures/files/marketplace.xlsx');
    const wrong = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(wrong, async (changes) => {
        const damaged = Buffer.from(whole);
        for (const [at, byte] of changes) damaged[at] = byte;
        writeFileSync(file, damaged);
        const read = await readAll(file).catch((error) => error.code);
        if (read !== 'BAD_INPUT') expect(read).toEqual(sound);
      }),
      { numRuns: 200 },
    );
  });

  it.each<[string, Partial<SmallWorkbook>, string]>([
    ['no rows', { sheets: [{ name: 'S', rows: '' }] }, 'orders.xlsx, "S": the sheet is empty; a header row is needed.'],
    ['no sheets', { sheets: [] }, 'it has no sheet with cells'],
    ['a damaged sheet', { sheets: [{ name: 'S', rows: `${GOOD}<row></c>` }] }, 'a part of it is damaged'],
    [
      'a text that is not there',
      { sheets: [{ name: 'S', rows: '<row><c t="s"><v>5</v></c></row>' }] },
      'a cell refers to a text that is not there',
    ],
    [
      'a cell that is not there',
      { sheets: [{ name: 'S', rows: '<row><c r="ZZZ1"><v>5</v></c></row>' }] },
      'there is no cell "ZZZ1"',
    ],
    ['a row that is not there', { sheets: [{ name: 'S', rows: '<row r="1048577"/>' }] }, 'it has a row 1048577'],
    [
      'a formula without result',
      { sheets: [{ name: 'S', rows: '<row r="5"><c r="C5"><f>1+1</f></c></row>' }] },
      'cell C5 holds a formula but not its result. Open the file in a spreadsheet program, save it and run again',
    ],
    [
      'a cell without end',
      { sheets: [{ name: 'S', rows: textRow(1, ['x'.repeat(300_000)]) }] },
      'a cell has more than 262144 characters',
    ],
    [
      'text that is not UTF-8',
      { parts: { 'xl/workbook.xml': '<workbook><sheets/>' } },
      'a part of it is damaged (it ends too early)',
    ],
    [
      'entities of its own',
      { parts: { 'xl/workbook.xml': '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook/>' } },
      'a part of it is damaged (it has a document type)',
    ],
    [
      'a binary workbook',
      {
        parts: {
          '_rels/.rels':
            '<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        },
      },
      'it is a binary workbook (.xlsb). Open it and save it as .xlsx',
    ],
    ['a text document', { parts: { 'xl/workbook.xml': '<document/>' } }, 'it is a zip without a workbook inside'],
  ])('where it has %s', async (_, workbook, message) => {
    expect(await refusal(workbookBytes({ sheets: [{ name: 'S', rows: GOOD }], ...workbook }))).toContain(message);
  });

  it.each([
    ['nothing of a workbook', { 'a.csv': strToU8('x') }, 'it is a zip without a workbook inside'],
    [
      'an OpenDocument',
      { mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet') },
      'it is no XLSX (an OpenDocument file?). Open it and save it as .xlsx',
    ],
  ])('where it is a zip of %s', async (_, parts, message) => {
    expect(await refusal(zipSync(parts))).toContain(message);
  });

  it('where it would grow beyond all measure', async () => {
    const bomb = workbookBytes({
      sheets: [{ name: 'S', rows: GOOD }],
      parts: { 'xl/sharedStrings.xml': ' '.repeat(70 << 20) },
    });
    expect(await refusal(bomb)).toMatch(/its part xl\/sharedStrings.xml would grow from \d+ to 73400320 bytes/);
  });

  it('where a part is longer than it says', async () => {
    const whole = Buffer.from(workbookBytes({ sheets: [{ name: 'S', rows: GOOD }] }));
    const entry = whole.lastIndexOf('xl/worksheets/sheet1.xml') - 46;
    whole.writeUInt32LE(whole.readUInt32LE(entry + 24) - 1, entry + 24);
    expect(await refusal(whole)).toContain('its part xl/worksheets/sheet1.xml is longer than it says');
  });

  it('where a part is encrypted', async () => {
    const whole = Buffer.from(workbookBytes({ sheets: [{ name: 'S', rows: GOOD }] }));
    const entry = whole.lastIndexOf('xl/worksheets/sheet1.xml') - 46;
    whole.writeUInt16LE(1, entry + 8);
    expect(await refusal(whole)).toContain('it is protected by a password');
  });

  it.each([
    ['A1:F1', 1],
    ['A1:A2', 1],
  ])('where cells of its first row are merged: %s', async (merged) => {
    writeSheet(file, GOOD, {
      behind: `<mergeCells count="2"><mergeCell ref="A5:B5"/><mergeCell ref="${merged}"/></mergeCells>`,
    });
    await expect(readAll(file)).rejects.toThrow(
      `orders.xlsx, "Orders", row 1: this first row must hold one header a column, but its cells ${merged} are merged.`,
    );
  });

  it('but not where cells below are merged', async () => {
    writeSheet(file, GOOD, { behind: '<mergeCells><mergeCell ref="A2:B2"/></mergeCells>' });
    expect((await readAll(file)).rows).toHaveLength(1);
  });
});

describe("a file in Microsoft's old container", () => {
  async function* bytes(text: string, encoding: BufferEncoding): AsyncGenerator<Uint8Array, void> {
    const all = Buffer.from(`${'x'.repeat(100)}${text}${'y'.repeat(100)}`, encoding);
    for (let at = 0; at < all.length; at += 7) yield all.subarray(at, at + 7);
  }

  it.each([
    ['EncryptedPackage', 'orders.xlsx: is protected by a password.'],
    ['Workbook', 'orders.xlsx: is a workbook of the old kind (.xls), whatever its name says. Save it as .xlsx.'],
    ['WordDocument', 'orders.xlsx: is neither a CSV nor a spreadsheet that can be read.'],
  ])('with %s gets its own message', async (entry, message) => {
    const error = await oldWorkbook('orders.xlsx', bytes(entry, 'utf16le'));
    expect(error.message).toContain(message);
  });
});
