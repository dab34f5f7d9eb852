import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';

const FOLDER = 'fixtures/files';

await marketplaceSheet(`${FOLDER}/marketplace.xlsx`);
if (!libreOfficeSheet()) console.error('LibreOffice is not installed: libreoffice.xlsx stays as it is');

/** A sheet as marketplaces hand it out: shared texts, numbers and dates in formats, a formula, rich text, a link, gaps. */
async function marketplaceSheet(path: string): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  workbook.created = new Date(Date.UTC(2024, 0, 1));
  const dictionary = workbook.addWorksheet('Справочник', { state: 'hidden' });
  dictionary.addRow(['Не для заказов']);
  const sheet = workbook.addWorksheet('Заказы');
  sheet.getRow(2).values = ['Номер заказа', 'Дата', 'Индекс', 'Адрес', 'Наложенный платёж', 'Получатель', 'Ссылка'];
  sheet.getRow(2).font = { bold: true };
  const rich = {
    richText: [{ text: 'ул. ' }, { font: { bold: true }, text: 'Ленина, 21' }, { text: ', Благовещенск' }],
  };
  sheet.getRow(3).values = ['00012345678901234', date(5), 675000, rich, 1500.5, 'Иванов И.', ''];
  sheet.getRow(4).values = ['12345678901234567', date(6), '101000', 'Москва, Тверская ул., 1', 0, 'Ли Мин 李明', ''];
  const link = { text: 'заказ', hyperlink: 'https://shop.example/1' };
  const formula = { formula: 'E3*2', result: 3001 };
  sheet.getRow(6).values = [
    '=3',
    date(7),
    { formula: '190000+0', result: 190000 },
    'Sankt-Peterburg, Nevskiy 1',
    formula,
    'O\'Hara & "Co"',
    link,
  ];
  sheet.getRow(7).values = ['4', date(8), 12345, 'Neizvestno, ul. Mira 5\nkv. 2', 1200, 'Kim', ''];
  sheet.getRow(9).getCell(3).numFmt = '000000';
  sheet.getColumn(2).numFmt = 'dd.mm.yyyy';
  sheet.getColumn(3).numFmt = '000000';
  sheet.getColumn(5).numFmt = '_-* #,##0.00\\ "₽"_-;\\-* #,##0.00\\ "₽"_-;_-* "-"??\\ "₽"_-;_-@_-';
  sheet.getColumn(6).hidden = true;
  sheet.getRow(7).hidden = true;
  await workbook.xlsx.writeFile(path);
}

function date(day: number): Date {
  return new Date(Date.UTC(2024, 2, day));
}

/** A sheet that LibreOffice makes of a CSV; it takes the texts of some columns for numbers and dates. */
function libreOfficeSheet(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'gorod-fixtures-'));
  try {
    const csv =
      'order,date,postcode,address,cod,comment\n' +
      '00001,2024-03-05,675000,"Lenina 21, Blagoveshchensk",1500.50,\n' +
      '12345678901234567,2024-03-06,101000,"Москва, Тверская ул., 1",0,"две\nстроки"\n' +
      '=3,2024-03-07,190000,"Sankt-Peterburg, Nevskiy 1",3001,李明\n';
    writeFileSync(join(folder, 'libreoffice.csv'), csv);
    // Columns 1 and 6 are texts, the others what LibreOffice takes them for, dates as year, month, day.
    const filter = 'Text - txt - csv (StarCalc):44,34,76,1,1/2/2/5/3/1/4/1/5/1/6/2,1033,false,true';
    const args = [`-env:UserInstallation=file://${folder}/profile`, '--headless', `--infilter=${filter}`];
    const { error } = spawnSync('soffice', [
      ...args,
      '--convert-to',
      'xlsx',
      '--outdir',
      FOLDER,
      join(folder, 'libreoffice.csv'),
    ]);
    return error === undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
