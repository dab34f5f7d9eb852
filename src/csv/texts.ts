import { phrase } from '../languages.ts';

/** What is said of a CSV that cannot be read. */
export const CSV_TEXTS = {
  empty: phrase({
    en: (file: string) => `${file}: the file is empty; a header line is needed.`,
    zh: (file) => `${file}：文件为空，至少需要一行表头。`,
    ru: (file) => `${file}: файл пуст; нужна хотя бы строка заголовков.`,
  }),
  longHeader: phrase({
    en: (file: string, line: number, bytes: number) =>
      `${file}, line ${line}: the header is longer than ${bytes} bytes. Is it a CSV?`,
    zh: (file, line, bytes) => `${file}，第 ${line} 行：表头超过 ${bytes} 字节。这是 CSV 文件吗？`,
    ru: (file, line, bytes) => `${file}, строка ${line}: заголовок длиннее ${bytes} байт. Это CSV?`,
  }),
  longRow: phrase({
    en: (file: string, line: number, bytes: number) =>
      `${file}, line ${line}: longer than ${bytes} bytes. Raise --max-row-bytes, or pass --bad-rows keep to write the row through as ERR_BAD_ROW.`,
    zh: (file, line, bytes) =>
      `${file}，第 ${line} 行：超过 ${bytes} 字节。请调高 --max-row-bytes，或用 --bad-rows keep 将该行标为 ERR_BAD_ROW 原样写出。`,
    ru: (file, line, bytes) =>
      `${file}, строка ${line}: длиннее ${bytes} байт. Увеличьте --max-row-bytes или задайте --bad-rows keep, и строка пройдёт как ERR_BAD_ROW.`,
  }),
  unbearableRow: phrase({
    en: (file: string, line: number, bytes: number) =>
      `${file}, line ${line}: longer than ${bytes} bytes. Raise --max-row-bytes.`,
    zh: (file, line, bytes) => `${file}，第 ${line} 行：超过 ${bytes} 字节。请调高 --max-row-bytes。`,
    ru: (file, line, bytes) => `${file}, строка ${line}: длиннее ${bytes} байт. Увеличьте --max-row-bytes.`,
  }),
  brokenRow: phrase({
    en: (file: string, line: number) =>
      `${file}, line ${line}: a quotation mark is out of place or never closed. ` +
      'Repair the line, or pass --bad-rows keep to write it through as ERR_BAD_ROW.',
    zh: (file, line) =>
      `${file}，第 ${line} 行：引号位置错误或没有闭合。请修正该行，或用 --bad-rows keep 将其标为 ERR_BAD_ROW 原样写出。`,
    ru: (file, line) =>
      `${file}, строка ${line}: кавычка не на месте или не закрыта. ` +
      'Исправьте строку или задайте --bad-rows keep, и она пройдёт как ERR_BAD_ROW.',
  }),
  raggedRow: phrase({
    en: (file: string, line: number, cells: number, columns: number) =>
      `${file}, line ${line}: ${cells === 1 ? '1 cell' : `${cells} cells`} where the header has ${columns}. ` +
      'Repair the line, or pass --bad-rows keep to write it through as ERR_BAD_ROW.',
    zh: (file, line, cells, columns) =>
      `${file}，第 ${line} 行：有 ${cells} 个单元格，而表头有 ${columns} 列。请修正该行，或用 --bad-rows keep 将其标为 ERR_BAD_ROW 原样写出。`,
    ru: (file, line, cells, columns) =>
      `${file}, строка ${line}: ячеек ${cells}, а в заголовке ${columns}. ` +
      'Исправьте строку или задайте --bad-rows keep, и она пройдёт как ERR_BAD_ROW.',
  }),
} as const;
