import ExcelJS from 'exceljs';

/** Numbers in formats that gorod shows as they are; where it departs from a format is said in docs/files.md. */
const FORMATTED: readonly (readonly [format: string, number: number | boolean])[] = [
  ['General', 101000],
  ['General', 1500.5],
  ['General', -0.25],
  ['General', true],
  ['000000', 12345],
  ['000\\-000', 12345],
  ['0.00', 1500.5],
  ['0.00', 0.125 * 8],
  ['0%', 0.15],
  ['0.00%', 0.1525],
  ['"№ "0000', 7],
  ['0.00\\ "₽"', 1500],
  ['0;(0)', -5],
  ['dd.mm.yyyy', 45000],
  ['yyyy\\-mm\\-dd\\ hh:mm:ss', 45000.75],
  ['d/m/yy', 45000],
  ['hh:mm', 0.6],
  ['[h]:mm', 2.5],
  ['yyyy"年"m"月"d"日"', 45000],
];

/** Writes a sheet with a postcode, an address and one column for every format. */
export async function writeFormattedSheet(path: string): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Formats');
  sheet.addRow(['postcode', 'address', ...FORMATTED.map((_, at) => `f${at}`)]);
  const row = sheet.addRow(['101000', 'Москва', ...FORMATTED.map(([, number]) => number)]);
  for (const [at, [format]] of FORMATTED.entries()) row.getCell(at + 3).numFmt = format;
  await workbook.xlsx.writeFile(path);
}
