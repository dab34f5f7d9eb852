import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import { writeFormattedSheet } from './libreoffice/formatted-sheet.ts';
import { ENCODED_TABLES, TABLE_OF_ALL, type Table } from './libreoffice/tables.ts';

const FOLDER = '.bench/libreoffice';
const UTF8 = 76;

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const version = office(['--version']);
if (version === undefined) {
  console.error('LibreOffice is not installed: apt-get install --no-install-recommends libreoffice-calc');
  process.exit(1);
}
console.log(version.trim());
let failed = false;
for (const { encoding, charset, table } of ENCODED_TABLES) {
  report(
    `CSV in ${encoding} → LibreOffice → XLSX → gorod → XLSX → LibreOffice → CSV`,
    table,
    roundTrip(encoding, charset, table),
  );
}
report('CSV → gorod → XLSX → LibreOffice → CSV', TABLE_OF_ALL, outwards(TABLE_OF_ALL));
report('CSV → gorod → XLSX → LibreOffice → XLSX → gorod → CSV', TABLE_OF_ALL, andBack(TABLE_OF_ALL));
await writeFormattedSheet(path('formats.xlsx'));
gorod('formats.xlsx', 'formats.gorod.xlsx');
report('numbers and dates as LibreOffice shows them', exported('formats'), exported('formats.gorod'));
process.exitCode = failed ? 1 : 0;

function roundTrip(encoding: string, charset: number, table: Table): Table {
  const name = encoding.toLowerCase();
  writeFileSync(path(`${name}.csv`), iconv.encode(stringify(table as string[][]), encoding, { addBOM: true }));
  importCsv(`${name}.csv`, charset, table[0]?.length ?? 0);
  gorod(`${name}.xlsx`, `${name}.gorod.xlsx`);
  return exported(`${name}.gorod`);
}

function outwards(table: Table): Table {
  writeFileSync(path('outwards.csv'), stringify(table as string[][]));
  gorod('outwards.csv', 'outwards.gorod.xlsx');
  return exported('outwards.gorod');
}

function andBack(table: Table): Table {
  writeFileSync(path('back.csv'), stringify(table as string[][]));
  gorod('back.csv', 'there.xlsx');
  mkdirSync(path('resaved'), { recursive: true });
  office(['--convert-to', 'xlsx', '--outdir', path('resaved'), path('there.xlsx')]);
  gorod('resaved/there.xlsx', 'back.gorod.csv', '--prefix', 'again_');
  return parse(readFileSync(path('back.gorod.csv')), { bom: true });
}

/** Makes an XLSX beside a CSV, every column being text: what LibreOffice makes of a number is no matter here. */
function importCsv(name: string, charset: number, columns: number): void {
  const formats = Array.from({ length: columns }, (_, column) => `${column + 1}/2`).join('/');
  const filter = `Text - txt - csv (StarCalc):44,34,${charset},1,${formats}`;
  office([`--infilter=${filter}`, '--convert-to', 'xlsx', '--outdir', FOLDER, path(name)]);
}

/** What LibreOffice shows of an XLSX. */
function exported(name: string): Table {
  const filter = `csv:Text - txt - csv (StarCalc):44,34,${UTF8},1,,0,true,true,true`;
  office(['--convert-to', filter, '--outdir', FOLDER, path(`${name}.xlsx`)]);
  return parse(readFileSync(path(`${name}.csv`)), { bom: true, relax_column_count: true });
}

function gorod(from: string, to: string, ...more: string[]): void {
  const args = [
    'dist/cli.js',
    'run',
    path(from),
    '-o',
    path(to),
    '--detector',
    'local',
    '--quiet',
    '--restart',
    ...more,
  ];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`gorod ended with ${status}: ${stderr}`);
}

/** What LibreOffice prints, undefined where there is none. It keeps a profile of its own beside the files. */
function office(args: readonly string[]): string | undefined {
  const profile = `-env:UserInstallation=file://${join(process.cwd(), FOLDER, 'profile')}`;
  const { status, stdout, stderr, error } = spawnSync('soffice', [profile, '--headless', ...args], {
    encoding: 'utf8',
  });
  if (error !== undefined) return undefined;
  if (status !== 0) throw new Error(`soffice ended with ${status}: ${stderr}`);
  return stdout;
}

function path(name: string): string {
  return join(FOLDER, name);
}

/** Every original cell has to be there to the letter. */
function report(what: string, before: Table, after: Table): void {
  const lost = before.flatMap((cells, row) =>
    cells.flatMap((cell, column) =>
      after[row]?.[column] === cell ? [] : [{ row, column, cell, got: after[row]?.[column] }],
    ),
  );
  const cells = before.reduce((sum, row) => sum + row.length, 0);
  const isSame = lost.length === 0 && after.length === before.length;
  failed ||= !isSame;
  console.log(
    `${isSame ? 'ok ' : 'BAD'} ${what}: ${cells - lost.length} of ${cells} cells, ${after.length} of ${before.length} rows`,
  );
  for (const { row, column, cell, got } of lost.slice(0, 5)) {
    console.log(`      row ${row + 1}, column ${column + 1}: ${JSON.stringify(cell)} became ${JSON.stringify(got)}`);
  }
}
