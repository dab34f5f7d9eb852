import { phrase } from '../languages.ts';

/** What is said of a spreadsheet that cannot be read or written. */
export const XLSX_TEXTS = {
  unreadable: phrase({
    en: (file: string, what: string) => `${file}: cannot be read as a spreadsheet: ${what}.`,
    zh: (file, what) => `${file}：无法作为电子表格读取：${what}。`,
    ru: (file, what) => `${file}: не читается как таблица: ${what}.`,
  }),
  damagedPart: phrase({
    en: (what: string) => `a part of it is damaged (${what})`,
    zh: (what) => `部分内容已损坏（${what}）`,
    ru: (what) => `часть файла повреждена (${what})`,
  }),
  noSheets: {
    en: 'it has no sheet with cells',
    zh: '没有含单元格的工作表',
    ru: 'в нём нет листа с ячейками',
  },
  noSuchSheet: phrase({
    en: (choice: string, names: string, more: number) =>
      `it has no sheet "${choice}" (--sheet). Its sheets are: ${names}${more > 0 ? ` and ${more} more` : ''}`,
    zh: (choice, names, more) =>
      `没有名为“${choice}”的工作表（--sheet）。现有工作表：${names}${more > 0 ? `，另有 ${more} 个` : ''}`,
    ru: (choice, names, more) =>
      `в нём нет листа «${choice}» (--sheet). Его листы: ${names}${more > 0 ? ` и ещё ${more}` : ''}`,
  }),
  protected: {
    en: 'it is protected by a password',
    zh: '文件有密码',
    ru: 'файл защищён паролем',
  },
  cutShort: phrase({
    en: (reason: string) => `the file is damaged or cut short (${reason})`,
    zh: (reason) => `文件已损坏或不完整（${reason}）`,
    ru: (reason) => `файл повреждён или обрывается (${reason})`,
  }),
  binary: {
    en: 'it is a binary workbook (.xlsb). Open it and save it as .xlsx',
    zh: '这是二进制工作簿（.xlsb），请打开并另存为 .xlsx',
    ru: 'это двоичная книга (.xlsb). Откройте и сохраните её как .xlsx',
  },
  otherFormat: {
    en: 'it is no XLSX (an OpenDocument file?). Open it and save it as .xlsx',
    zh: '不是 XLSX（可能是 OpenDocument 文件），请打开并另存为 .xlsx',
    ru: 'это не XLSX (возможно, файл OpenDocument). Откройте и сохраните его как .xlsx',
  },
  noWorkbook: {
    en: 'it is a zip without a workbook inside',
    zh: '这个 zip 中没有工作簿',
    ru: 'это zip, в котором нет книги',
  },
  uncalculated: phrase({
    en: (cell: string) =>
      `cell ${cell} holds a formula but not its result. Open the file in a spreadsheet program, save it and run again`,
    zh: (cell) => `单元格 ${cell} 只有公式没有结果，请用表格软件打开并保存，然后重新运行`,
    ru: (cell) =>
      `в ячейке ${cell} формула без результата. Откройте файл в программе для таблиц, сохраните и запустите снова`,
  }),
  empty: phrase({
    en: (file: string) => `${file}: the sheet is empty; a header row is needed.`,
    zh: (file) => `${file}：工作表为空，至少需要一行表头。`,
    ru: (file) => `${file}: лист пуст; нужна хотя бы строка заголовков.`,
  }),
  mergedHeader: phrase({
    en: (file: string, row: number, cells: string) =>
      `${file}, row ${row}: this first row must hold one header a column, but its cells ${cells} are merged. ` +
      'Unmerge them, or delete what stands above the headers, save, and run again.',
    zh: (file, row, cells) =>
      `${file}，第 ${row} 行：首行应每列一个表头，但单元格 ${cells} 已合并。请取消合并，或删除表头上方的内容，保存后重新运行。`,
    ru: (file, row, cells) =>
      `${file}, строка ${row}: в первой строке должно быть по заголовку на столбец, но ячейки ${cells} объединены. ` +
      'Разъедините их или удалите то, что стоит над заголовками, сохраните и запустите снова.',
  }),
  longRow: phrase({
    en: (file: string, row: number, bytes: number) =>
      `${file}, row ${row}: longer than ${bytes} bytes. Raise --max-row-bytes.`,
    zh: (file, row, bytes) => `${file}，第 ${row} 行：超过 ${bytes} 字节。请调高 --max-row-bytes。`,
    ru: (file, row, bytes) => `${file}, строка ${row}: длиннее ${bytes} байт. Увеличьте --max-row-bytes.`,
  }),
  noHeader: phrase({
    en: (file: string, row: number, column: string) =>
      `${file}, row ${row}: column ${column} holds something but has no header. ` +
      'Name the column, clear the cell, or pass --bad-rows keep to write the row through as ERR_BAD_ROW.',
    zh: (file, row, column) =>
      `${file}，第 ${row} 行：${column} 列有内容但没有表头。请为该列命名、清空单元格，或用 --bad-rows keep 将该行标为 ERR_BAD_ROW 原样写出。`,
    ru: (file, row, column) =>
      `${file}, строка ${row}: в столбце ${column} что-то есть, но у него нет заголовка. ` +
      'Назовите столбец, очистите ячейку или задайте --bad-rows keep, и строка пройдёт как ERR_BAD_ROW.',
  }),
  locked: phrase({
    en: (file: string) =>
      `${file}: is protected by a password. Take the password off in Excel (File, Info), save and run again.`,
    zh: (file) => `${file}：文件有密码。请在 Excel 中（文件 → 信息）取消密码，保存后重新运行。`,
    ru: (file) => `${file}: защищён паролем. Снимите пароль в Excel (Файл → Сведения), сохраните и запустите снова.`,
  }),
  oldKind: phrase({
    en: (file: string) => `${file}: is a workbook of the old kind (.xls), whatever its name says. Save it as .xlsx.`,
    zh: (file) => `${file}：不论扩展名如何，这是旧格式工作簿（.xls）。请另存为 .xlsx。`,
    ru: (file) => `${file}: это книга старого формата (.xls), как бы она ни называлась. Сохраните её как .xlsx.`,
  }),
  neither: phrase({
    en: (file: string) => `${file}: is neither a CSV nor a spreadsheet that can be read. Save it as .xlsx or .csv.`,
    zh: (file) => `${file}：既不是 CSV，也不是可读取的电子表格。请另存为 .xlsx 或 .csv。`,
    ru: (file) => `${file}: не CSV и не таблица, которую можно прочитать. Сохраните файл как .xlsx или .csv.`,
  }),
  tooLarge: phrase({
    en: (file: string, why: string, instead: string) =>
      `cannot write ${file}: ${why}. Write a CSV instead: --output ${instead}`,
    zh: (file, why, instead) => `无法写入 ${file}：${why}。请改写为 CSV：--output ${instead}`,
    ru: (file, why, instead) => `не удалось записать ${file}: ${why}. Запишите CSV: --output ${instead}`,
  }),
  mostBytes: {
    en: 'no spreadsheet program opens a sheet of more than 4 GiB',
    zh: '没有表格软件能打开超过 4 GiB 的工作表',
    ru: 'лист больше 4 ГиБ не откроет ни одна программа',
  },
  mostRows: phrase({
    en: (rows: number) => `a sheet holds ${rows} rows`,
    zh: (rows) => `一张工作表最多 ${rows} 行`,
    ru: (rows) => `на листе помещается строк: ${rows}`,
  }),
  mostColumns: phrase({
    en: (most: number, here: number) => `a sheet holds ${most} columns, here are ${here}`,
    zh: (most, here) => `一张工作表最多 ${most} 列，此处有 ${here} 列`,
    ru: (most, here) => `на листе помещается столбцов: ${most}, здесь их ${here}`,
  }),
  cellOfRow: phrase({
    en: (row: number) => `a cell of row ${row}`,
    zh: (row) => `第 ${row} 行的一个单元格`,
    ru: (row) => `ячейка строки ${row}`,
  }),
  cell: phrase({
    en: (place: string) => `cell ${place}`,
    zh: (place) => `单元格 ${place}`,
    ru: (place) => `ячейка ${place}`,
  }),
  longCell: phrase({
    en: (characters: number, where: string) => `a cell holds ${characters} characters, ${where} is longer`,
    zh: (characters, where) => `一个单元格最多 ${characters} 个字符，${where}更长`,
    ru: (characters, where) => `в ячейку помещается символов: ${characters}, ${where} длиннее`,
  }),
} as const;
