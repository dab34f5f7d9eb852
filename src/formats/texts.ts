import { phrase, type Texts } from '../languages.ts';
import type { Content } from './magic.ts';

/** What is said of a file by what it turns out to be; each completes "FILE: …". */
export const HELD_TEXTS: Readonly<Record<Exclude<Content, 'text'> | 'pipedZip', Texts>> = {
  gzip: {
    en: 'is packed twice: unpack it and run on the file inside',
    zh: '被压缩了两次，请解压后处理其中的文件',
    ru: 'упакован дважды: распакуйте его и запустите на файле внутри',
  },
  zip: {
    en: 'holds an archive or a spreadsheet: unpack it and run on the file inside',
    zh: '内含压缩包或电子表格，请解压后处理其中的文件',
    ru: 'внутри архив или таблица: распакуйте и запустите на файле внутри',
  },
  ole2: {
    en: 'holds a file of an old Excel or another old program: unpack it and save that as .xlsx or "CSV UTF-8"',
    zh: '内含旧版 Excel 或其他旧程序的文件，请解压后另存为 .xlsx 或“CSV UTF-8”',
    ru: 'внутри файл старого Excel или другой старой программы: распакуйте и сохраните его как .xlsx или «CSV UTF-8»',
  },
  pdf: {
    en: 'is a PDF; a CSV or .xlsx file is needed',
    zh: '是 PDF 文件，需要 CSV 或 .xlsx 文件',
    ru: 'это PDF; нужен CSV или .xlsx',
  },
  markup: {
    en: 'is a web page or XML: open it in Excel and save it as .xlsx or "CSV UTF-8"',
    zh: '是网页或 XML，请用 Excel 打开并另存为 .xlsx 或“CSV UTF-8”',
    ru: 'это веб-страница или XML: откройте в Excel и сохраните как .xlsx или «CSV UTF-8»',
  },
  tar: {
    en: 'is a tar archive: unpack it and run on the file inside',
    zh: '是 tar 归档，请解包后处理其中的文件',
    ru: 'это архив tar: распакуйте его и запустите на файле внутри',
  },
  pipedZip: {
    en: 'is an archive or a spreadsheet, which cannot be read as a stream: give it as a file, or save it as CSV',
    zh: '是压缩包或电子表格，无法按流读取；请以文件形式提供，或另存为 CSV',
    ru: 'это архив или таблица, их нельзя читать потоком: дайте их файлом или сохраните как CSV',
  },
};

/** What the extension of a file claims; completes "is not … as its name says". */
export const CLAIMED_TEXTS: Readonly<Record<string, Texts>> = {
  '.xlsx': { en: 'an Excel workbook', zh: ' Excel 工作簿', ru: 'книга Excel' },
  '.zip': { en: 'a zip archive', zh: ' zip 压缩包', ru: 'архив zip' },
  '.gz': { en: 'a gzip file', zh: ' gzip 文件', ru: 'файл gzip' },
};

/** What is said of a file that cannot be opened, and of a result that cannot be written. */
export const FORMAT_TEXTS = {
  bad: phrase({
    en: (file: string, what: string) => `${file}: ${what}.`,
    zh: (file, what) => `${file}：${what}。`,
    ru: (file, what) => `${file}: ${what}.`,
  }),
  within: phrase({
    en: (file: string, inner: string) => `${file}, "${inner}" in it`,
    zh: (file, inner) => `${file} 中的“${inner}”`,
    ru: (file, inner) => `${file}, «${inner}» в нём`,
  }),
  notAsNamed: phrase({
    en: (claimed: string) => `is not ${claimed} as its name says; if it is a CSV, call it .csv`,
    zh: (claimed) => `不是${claimed}，与扩展名不符；如果是 CSV，请改名为 .csv`,
    ru: (claimed) => `не ${claimed}, хотя так называется; если это CSV, дайте ему имя .csv`,
  }),
  gzipCut: phrase({
    en: (file: string) => `${file}: cannot unpack the gzip file, it ends too early: copy or download it again.`,
    zh: (file) => `${file}：无法解压 gzip 文件，内容不完整，请重新复制或下载。`,
    ru: (file) => `${file}: не удалось распаковать gzip, файл обрывается: скопируйте или скачайте его снова.`,
  }),
  gzipDamaged: phrase({
    en: (file: string) => `${file}: cannot unpack the gzip file, it is damaged: copy or download it again.`,
    zh: (file) => `${file}：无法解压 gzip 文件，文件已损坏，请重新复制或下载。`,
    ru: (file) => `${file}: не удалось распаковать gzip, файл повреждён: скопируйте или скачайте его снова.`,
  }),
  zipEmpty: {
    en: 'the archive holds no file',
    zh: '压缩包中没有文件',
    ru: 'в архиве нет файлов',
  },
  zipLocked: phrase({
    en: (inner: string) => `${inner} in it has a password: unpack it and run on the file inside`,
    zh: (inner) => `其中的 ${inner} 有密码，请解压后处理其中的文件`,
    ru: (inner) => `файл ${inner} в нём под паролем: распакуйте и запустите на файле внутри`,
  }),
  zipDamaged: {
    en: 'the archive is damaged: copy or download it again',
    zh: '压缩包已损坏，请重新复制或下载',
    ru: 'архив повреждён: скопируйте или скачайте его снова',
  },
  zipUnreadable: phrase({
    en: (reason: string) => `cannot unpack the archive (${reason}): copy or download it again, or unpack it yourself`,
    zh: (reason) => `无法解压（${reason}），请重新复制或下载，或自行解压`,
    ru: (reason) => `не удалось распаковать (${reason}): скопируйте или скачайте его снова либо распакуйте сами`,
  }),
  zipSeveral: phrase({
    en: (count: number, names: string, more: number) =>
      `the archive holds ${count} files, ${names}${more > 0 ? ` and ${more} more` : ''}: unpack it and run on each`,
    zh: (count, names, more) =>
      `压缩包中有 ${count} 个文件：${names}${more > 0 ? `，另有 ${more} 个` : ''}，请解压后逐个处理`,
    ru: (count, names, more) =>
      `файлов в архиве ${count}: ${names}${more > 0 ? ` и ещё ${more}` : ''}; распакуйте и запустите на каждом`,
  }),
  otherOffice: phrase({
    en: (kind: string) => `an ${kind}, not an Excel workbook: save the table as .xlsx or "CSV UTF-8"`,
    zh: (kind) => `是 ${kind}，不是 Excel 工作簿，请把表格另存为 .xlsx 或“CSV UTF-8”`,
    ru: (kind) => `это ${kind}, а не книга Excel: сохраните таблицу как .xlsx или «CSV UTF-8»`,
  }),
  bomb: phrase({
    en: (file: string, times: number) =>
      `${file}: unpacks to more than ${times} times its size, as archives made to do harm do; nothing was written. ` +
      'If you trust it, unpack it yourself and run on the file inside.',
    zh: (file, times) =>
      `${file}：解压后超过原大小的 ${times} 倍，与恶意压缩包相似；未写出任何结果。如果可信，请自行解压后处理其中的文件。`,
    ru: (file, times) =>
      `${file}: распаковывается более чем в ${times} раз, как вредоносные архивы; ничего не записано. ` +
      'Если вы ему доверяете, распакуйте его сами и запустите на файле внутри.',
  }),
  changed: phrase({
    en: (file: string) =>
      `${file}: changed while it was read; nothing was written. Wait until it is whole, then run again.`,
    zh: (file) => `${file}：读取期间文件发生变化，未写出任何结果。请等文件完整后重新运行。`,
    ru: (file) =>
      `${file}: изменился во время чтения; ничего не записано. Дождитесь, пока он будет готов, и запустите снова.`,
  }),
  unreadable: phrase({
    en: (file: string, reason: string) => `cannot read ${file}: ${reason}.`,
    zh: (file, reason) => `无法读取 ${file}：${reason}。`,
    ru: (file, reason) => `не удалось прочитать ${file}: ${reason}.`,
  }),
  notWritten: phrase({
    en: (file: string, instead: string) => `--output: cannot write ${file}; name a ${instead} file.`,
    zh: (file, instead) => `--output：无法写入 ${file}，请改用 ${instead} 文件名。`,
    ru: (file, instead) => `--output: такой файл не записать, ${file}; назовите ${instead}.`,
  }),
} as const;
