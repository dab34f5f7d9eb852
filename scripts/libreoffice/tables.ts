/** A header and rows of cells. */
export type Table = readonly (readonly string[])[];

const HEADER = ['order', 'postcode', 'address', 'comment'];
const RUSSIAN: Table = [
  HEADER,
  ['00012345678901234567', '101000', 'г. Москва, ул. Мира, д. 1', 'Подъезд №2, «домофон»'],
  ['0000000000000001', '012345', 'обл. Амурская, г. Благовещенск, ул. Ленина, 5', '=1+1'],
  ['12345678901234567', '675000', 'Ёлкино; "кавычки"', 'две\nстроки'],
  ['1E5', '190000', "' с апострофом", ' пробелы '],
  ['+7916', '630000', 'Новосибирск, @дом', '-1'],
  ['01.02.2024', '690000', 'Владивосток, 1/2', '<b>&amp;</b> _x0041_'],
];
const KOI8 = RUSSIAN.map((cells) => cells.map((cell) => cell.replace(/[№«»]/g, '"')));
const CHINESE = RUSSIAN.map((cells, row) =>
  row === 0 ? cells : [...cells.slice(0, 3), `收货人 李明 ${cells[3]} 深圳市`],
);

/** Tables of letters that their encoding has, with LibreOffice's number for it (`rtl_TextEncoding`). */
export const ENCODED_TABLES: readonly { readonly encoding: string; readonly charset: number; readonly table: Table }[] =
  [
    { encoding: 'UTF-8', charset: 76, table: CHINESE },
    { encoding: 'UTF-16LE', charset: 65_535, table: CHINESE },
    { encoding: 'GB18030', charset: 85, table: CHINESE },
    { encoding: 'windows-1251', charset: 34, table: RUSSIAN },
    { encoding: 'KOI8-R', charset: 74, table: KOI8 },
  ];

/** Beside all of the above what only an XLSX made by gorod has to carry. */
export const TABLE_OF_ALL: Table = [
  ...CHINESE,
  ['😀 𠮷', '101000', 'Москва', 'tab\there'],
  ['_x000D_', '000001', 'ул. Мира  ,  д. 5 ', '\u00a0NBSP\u200b'],
];
