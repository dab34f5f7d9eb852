import { phrase } from '../languages.ts';

/** What is said of the work on a file. */
export const JOB_TEXTS = {
  perhapsEncoding: phrase({
    en: (encoding: string) =>
      `It was read as ${encoding}, as --encoding says: if its headers look wrong here, leave --encoding out.`,
    zh: (encoding) => `文件按 --encoding 的设定以 ${encoding} 读取：如果上面的表头是乱码，请去掉 --encoding。`,
    ru: (encoding) =>
      `Файл прочитан как ${encoding}, как задано в --encoding: если заголовки здесь нечитаемы, уберите --encoding.`,
  }),
  ontoItself: phrase({
    en: (file: string) => `--output: ${file} is the input itself; name another file.`,
    zh: (file) => `--output：${file} 就是输入文件，请指定其他文件。`,
    ru: (file) => `--output: ${file} — сам входной файл; назовите другой.`,
  }),
  outputIsFolder: phrase({
    en: (file: string) => `${file} is a folder; name a file in it.`,
    zh: (file) => `${file} 是文件夹；请指定其中的文件。`,
    ru: (file) => `${file} — папка; назовите файл в ней.`,
  }),
  outputIsLink: phrase({
    en: (file: string, target: string) => `${file} is a link to ${target}; name that file itself.`,
    zh: (file, target) => `${file} 是指向 ${target} 的链接；请直接指定该文件。`,
    ru: (file, target) => `${file} — ссылка на ${target}; назовите сам этот файл.`,
  }),
  outputIsNoFile: phrase({
    en: (file: string) => `${file} is no regular file, in whose place an output could come; name another.`,
    zh: (file) => `${file} 不是普通文件，不能被输出替换；请指定其他文件。`,
    ru: (file) => `${file} — не обычный файл, результат не может занять его место; назовите другой.`,
  }),
  rowsLost: phrase({
    en: (file: string, read: number, written: number) =>
      `${file}: ${read} rows read but ${written} written; no output was made.`,
    zh: (file, read, written) => `${file}：读入 ${read} 行但只写出 ${written} 行，未生成输出。`,
    ru: (file, read, written) => `${file}: строк прочитано ${read}, а записано ${written}; результат не создан.`,
  }),
  retryRowsLost: phrase({
    en: (file: string) => `${file}: rows were lost on the way; the file is untouched.`,
    zh: (file) => `${file}：处理中有行丢失，文件保持原样。`,
    ru: (file) => `${file}: по пути потерялись строки; файл не тронут.`,
  }),
  otherSheets: phrase({
    en: (file: string) => `${file}: the file has other sheets, which would be lost. Name another file with --output.`,
    zh: (file) => `${file}：文件中还有其他工作表，会因此丢失。请用 --output 指定其他文件。`,
    ru: (file) => `${file}: в файле есть другие листы, они бы пропали. Назовите другой файл через --output.`,
  }),
  notEnriched: phrase({
    en: (file: string, column: string) =>
      `${file}: has no column "${column}"; is it a file that gorod wrote? See --prefix.`,
    zh: (file, column) => `${file}：没有“${column}”列；这是 gorod 写出的文件吗？参见 --prefix。`,
    ru: (file, column) => `${file}: нет столбца «${column}»; это файл, который записал gorod? См. --prefix.`,
  }),
  unwritable: phrase({
    en: (file: string, reason: string) => `cannot write ${file}: ${reason}.`,
    zh: (file, reason) => `无法写入 ${file}：${reason}。`,
    ru: (file, reason) => `не удалось записать ${file}: ${reason}.`,
  }),
  alreadyThere: phrase({
    en: (file: string, columns: string) =>
      `${file}: has ${columns} already. Choose another --prefix, or replace them with --overwrite-columns.`,
    zh: (file, columns) => `${file}：已有 ${columns} 列。请换用其他 --prefix，或用 --overwrite-columns 覆盖。`,
    ru: (file, columns) =>
      `${file}: столбцы ${columns} уже есть. Выберите другой --prefix или замените их: --overwrite-columns.`,
  }),
  /** The command ends the text, so that it can be copied as it stands. */
  alreadyEnriched: phrase({
    en: (file: string, columns: string, command: string) =>
      `${file}: has ${columns} already. Choose another --prefix, or replace them with --overwrite-columns; or, to ask its ` +
      `deferred rows again: ${command}`,
    zh: (file, columns, command) =>
      `${file}：已有 ${columns} 列。请换用其他 --prefix，或用 --overwrite-columns 覆盖；如要重新查询待重试的行：${command}`,
    ru: (file, columns, command) =>
      `${file}: столбцы ${columns} уже есть. Выберите другой --prefix или замените их: --overwrite-columns; а чтобы ` +
      `спросить отложенные строки ещё раз: ${command}`,
  }),
  partForReview: phrase({
    en: (file: string, columns: string, command: string) =>
      `${file}: has ${columns} already, and columns for fixes. Choose another --prefix, or replace them with ` +
      `--overwrite-columns; or, once fixes are filled in: ${command}`,
    zh: (file, columns, command) =>
      `${file}：已有 ${columns} 列，并有修正列。请换用其他 --prefix，或用 --overwrite-columns 覆盖；如已填好修正列：${command}`,
    ru: (file, columns, command) =>
      `${file}: столбцы ${columns} уже есть, и столбцы для исправлений тоже. Выберите другой --prefix или замените их: ` +
      `--overwrite-columns; а когда исправления вписаны: ${command}`,
  }),
  needsApi: phrase({
    en: (file: string) =>
      `${file}: has rows that CDEK's API was asked about, and there is no key in this shell. Give the one of that run ` +
      '(CDEK_DEVELOPER_KEY or --developer-key-file; or the OAuth client, docs/access.md), or have them answered offline ' +
      'with --detector local.',
    zh: (file) =>
      `${file}：有些行是向 CDEK 接口查询的，而当前终端没有密钥。请提供当时所用的密钥（CDEK_DEVELOPER_KEY 或 --developer-key-file；` +
      '或 OAuth 客户端，见 docs/access.md），或用 --detector local 改为离线识别。',
    ru: (file) =>
      `${file}: есть строки, о которых спрашивали API СДЭК, а в этой оболочке нет ключа. Задайте тот же ключ ` +
      '(CDEK_DEVELOPER_KEY или --developer-key-file; либо клиент OAuth, docs/access.md) или пусть на них ответит ' +
      'локальный детектор: --detector local.',
  }),
  inexpressible: phrase({
    en: (where: string, character: string, encoding: string) =>
      `${where}: "${character}" does not exist in ${encoding}; nothing was written. Choose another --output-encoding.`,
    zh: (where, character, encoding) =>
      `${where}：${encoding} 中没有字符“${character}”，未写出任何结果。请换用其他 --output-encoding。`,
    ru: (where, character, encoding) =>
      `${where}: символа «${character}» нет в ${encoding}; ничего не записано. Выберите другую --output-encoding.`,
  }),
  line: phrase({
    en: (file: string, line: number) => `${file}, line ${line}`,
    zh: (file, line) => `${file}，第 ${line} 行`,
    ru: (file, line) => `${file}, строка ${line}`,
  }),
  cell: phrase({
    en: (file: string, line: number, header: string) => `${file}, line ${line}, column "${header}"`,
    zh: (file, line, header) => `${file}，第 ${line} 行“${header}”列`,
    ru: (file, line, header) => `${file}, строка ${line}, столбец «${header}»`,
  }),
  noField: phrase({
    en: (name: string, fields: string) => `--fields: "${name}" is no added column; they are ${fields}.`,
    zh: (name, fields) => `--fields：“${name}”不是新增列；可用的有 ${fields}。`,
    ru: (name, fields) => `--fields: «${name}» — не добавляемый столбец; есть ${fields}.`,
  }),
  fieldTwice: phrase({
    en: (name: string) => `--fields: "${name}" is named twice.`,
    zh: (name) => `--fields：“${name}”出现了两次。`,
    ru: (name) => `--fields: «${name}» назван дважды.`,
  }),
  limitsLine: phrase({
    en: (file: string, line: number, what: string) => `--cod-limits ${file}, line ${line}: ${what}.`,
    zh: (file, line, what) => `--cod-limits ${file}，第 ${line} 行：${what}。`,
    ru: (file, line, what) => `--cod-limits ${file}, строка ${line}: ${what}.`,
  }),
  oneKey: phrase({
    en: (keys: string) => `exactly one of ${keys} must be filled`,
    zh: (keys) => `${keys} 中必须且只能填写一项`,
    ru: (keys) => `должно быть заполнено ровно одно из ${keys}`,
  }),
  statedTwice: phrase({
    en: (what: string) => `${what} is stated twice`,
    zh: (what) => `${what} 重复出现`,
    ru: (what) => `${what} встречается дважды`,
  }),
  noLimitColumn: {
    en: 'no column payment_limit',
    zh: '没有 payment_limit 列',
    ru: 'нет столбца payment_limit',
  },
  badLimit: {
    en: 'payment_limit must be -1, 0 or an amount in roubles',
    zh: 'payment_limit 必须是 -1、0 或卢布金额',
    ru: 'payment_limit должен быть -1, 0 или суммой в рублях',
  },
} as const;
