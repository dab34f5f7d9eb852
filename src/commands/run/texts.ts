import { phrase, type Texts } from '../../languages.ts';

/** What is told of the work on files, on stderr. */
export const RUN_TEXTS = {
  about: phrase({
    en: (file: string, what: string) => `${file}: ${what}`,
    zh: (file, what) => `${file}：${what}`,
    ru: (file, what) => `${file}: ${what}`,
  }),
  columns: phrase({
    en: (file: string, columns: string) => `${file}; columns: ${columns}`,
    zh: (file, columns) => `${file}；列：${columns}`,
    ru: (file, columns) => `${file}; столбцы: ${columns}`,
  }),
  brokenRows: phrase({
    en: (file: string, rows: number, lines: string) =>
      `${file}: ${rows === 1 ? '1 broken row' : `${rows} broken rows`}, on line ${lines}. ` +
      'Repair the file: gorod run stops at the first, unless --bad-rows keep is given.',
    zh: (file, rows, lines) =>
      `${file}：${rows} 行已损坏，位于第 ${lines} 行。请修正文件：除非使用 --bad-rows keep，gorod run 会在第一处停止。`,
    ru: (file, rows, lines) =>
      `${file}: повреждённых строк ${rows}: ${lines}. ` +
      'Исправьте файл: gorod run остановится на первой, если не задать --bad-rows keep.',
  }),
  keptBrokenRows: phrase({
    en: (file: string, rows: number, lines: string) =>
      `${file}: ${rows === 1 ? '1 broken row' : `${rows} broken rows`}, on line ${lines}. ` +
      'gorod run --bad-rows keep writes them through as ERR_BAD_ROW.',
    zh: (file, rows, lines) =>
      `${file}：${rows} 行已损坏，位于第 ${lines} 行。gorod run --bad-rows keep 会将其标为 ERR_BAD_ROW 原样写出。`,
    ru: (file, rows, lines) =>
      `${file}: повреждённых строк ${rows}: ${lines}. gorod run --bad-rows keep пропустит их как ERR_BAD_ROW.`,
  }),
  nameRunInput: {
    en: 'name a file or a folder to enrich, or - for stdin.',
    zh: '请给出要处理的文件或文件夹，或用 - 表示标准输入。',
    ru: 'назовите файл или папку для обработки, либо - для stdin.',
  },
  nameCheckInput: {
    en: 'name a file or a folder to check, or - for stdin.',
    zh: '请给出要检查的文件或文件夹，或用 - 表示标准输入。',
    ru: 'назовите файл или папку для проверки, либо - для stdin.',
  },
  doneBefore: phrase({
    en: (files: number) => `files done before: ${files}`,
    zh: (files) => `此前已完成的文件：${files}`,
    ru: (files) => `сделано раньше, файлов: ${files}`,
  }),
  nothingNew: phrase({
    en: (files: number) => `nothing new, files done before: ${files}`,
    zh: (files) => `没有新文件；此前已完成的文件：${files}`,
    ru: (files) => `нового нет; сделано раньше, файлов: ${files}`,
  }),
  outlearnt: phrase({
    en: (files: number) => `done again for what was learnt about their rows, files: ${files}`,
    zh: (files) => `因已学习的修正涉及其中的行而重新处理的文件：${files}`,
    ru: (files) => `обработано снова из-за исправлений от gorod learn, файлов: ${files}`,
  }),
  leftForNextTime: {
    en: 'Left for the next time.',
    zh: '留待下次处理。',
    ru: 'Оставлен на следующий раз.',
  },
  madeFromAnother: phrase({
    en: (output: string, other: string, file: string) =>
      `${output} was made from ${other}, not from ${file}. Name another --output-dir.`,
    zh: (output, other, file) => `${output} 由 ${other} 生成，而不是 ${file}。请换用其他 --output-dir。`,
    ru: (output, other, file) => `${output} сделан из ${other}, а не из ${file}. Укажите другую --output-dir.`,
  }),
  unreadable: phrase({
    en: (file: string, reason: string) => `cannot read ${file}: ${reason}.`,
    zh: (file, reason) => `无法读取 ${file}：${reason}。`,
    ru: (file, reason) => `не удалось прочитать ${file}: ${reason}.`,
  }),
  noFolderMade: phrase({
    en: (folder: string, reason: string) => `--output-dir: cannot make ${folder}: ${reason}.`,
    zh: (folder, reason) => `--output-dir：无法创建 ${folder}：${reason}。`,
    ru: (folder, reason) => `--output-dir: не удалось создать ${folder}: ${reason}.`,
  }),
  fileForFolder: phrase({
    en: (folder: string) => `--output-dir: ${folder} is a file, or lies in one; name a folder.`,
    zh: (folder) => `--output-dir：${folder} 是文件或位于文件之下；请指定文件夹。`,
    ru: (folder) => `--output-dir: ${folder} — файл или путь внутри файла; укажите папку.`,
  }),
  noSummary: phrase({
    en: (file: string, reason: string) => `--summary: cannot write ${file}: ${reason}.`,
    zh: (file, reason) => `--summary：无法写入 ${file}：${reason}。`,
    ru: (file, reason) => `--summary: не удалось записать ${file}: ${reason}.`,
  }),
  report: phrase({
    en: (file: string) => `the report: ${file}`,
    zh: (file) => `报告：${file}`,
    ru: (file) => `отчёт: ${file}`,
  }),
  noReport: phrase({
    en: (reason: string) => `--report: ${reason} The results are complete.`,
    zh: (reason) => `--report：${reason}处理结果已完整。`,
    ru: (reason) => `--report: ${reason} Сами результаты готовы.`,
  }),
  reportOverFile: phrase({
    en: (file: string) => `--report: ${file} is an input or output itself; name another file.`,
    zh: (file) => `--report：${file} 本身就是输入或输出文件，请指定其他文件。`,
    ru: (file) => `--report: ${file} — сам входной файл или результат; назовите другой.`,
  }),
  limitsUnreadable: phrase({
    en: (file: string, reason: string) => `--cod-limits: cannot read ${file}: ${reason}.`,
    zh: (file, reason) => `--cod-limits：无法读取 ${file}：${reason}。`,
    ru: (file, reason) => `--cod-limits: не удалось прочитать ${file}: ${reason}.`,
  }),
  limitsUndecodable: phrase({
    en: (file: string) =>
      `--cod-limits ${file}: its text is neither UTF-8 nor looks like UTF-16, GB18030, windows-1251 or KOI8-R. Save it as "CSV UTF-8".`,
    zh: (file) =>
      `--cod-limits ${file}：文本既不是 UTF-8，也不像 UTF-16、GB18030、windows-1251 或 KOI8-R。请另存为“CSV UTF-8”。`,
    ru: (file) =>
      `--cod-limits ${file}: текст не в UTF-8 и не похож на UTF-16, GB18030, windows-1251 или KOI8-R. Сохраните файл как «CSV UTF-8».`,
  }),
} as const;

/** What `--dry-run` calls the lines about a file. */
export const DRY_RUN_LABELS = {
  format: { en: 'format', zh: '格式', ru: 'формат' },
  rows: { en: 'rows', zh: '行数', ru: 'строки' },
  questions: { en: 'questions', zh: '查询', ru: 'вопросы' },
  postcodes: { en: 'postcodes', zh: '邮编查询', ru: 'индексы' },
  note: { en: 'note', zh: '提示', ru: 'заметка' },
  none: { en: '', zh: '', ru: '' },
} as const satisfies Readonly<Record<string, Texts>>;

/** What `--dry-run` tells. */
export const DRY_RUN_TEXTS = {
  spreadsheet: phrase({
    en: (columns: number) => `spreadsheet, ${columns} columns`,
    zh: (columns) => `电子表格，${columns} 列`,
    ru: (columns) => `таблица, столбцов: ${columns}`,
  }),
  csv: phrase({
    en: (encoding: string, delimiter: string, columns: number) =>
      `CSV, ${encoding}, delimiter ${delimiter}, ${columns} columns`,
    zh: (encoding, delimiter, columns) => `CSV，${encoding}，分隔符 ${delimiter}，${columns} 列`,
    ru: (encoding, delimiter, columns) => `CSV, ${encoding}, разделитель ${delimiter}, столбцов: ${columns}`,
  }),
  invalid: phrase({
    en: (rows: number, statuses: string) => `${rows}; not worth a request: ${statuses}`,
    zh: (rows, statuses) => `${rows}；不值得查询：${statuses}`,
    ru: (rows, statuses) => `${rows}; спрашивать нечего: ${statuses}`,
  }),
  postcodesTaken: phrase({
    en: (rows: number) => `postcode taken from the address: ${rows}`,
    zh: (rows) => `邮编取自地址：${rows}`,
    ru: (rows) => `индекс взят из адреса: ${rows}`,
  }),
  postcodesDiffering: phrase({
    en: (rows: number) => `another postcode in the address: ${rows}`,
    zh: (rows) => `地址中有不同的邮编：${rows}`,
    ru: (rows) => `в адресе другой индекс: ${rows}`,
  }),
  unpaid: phrase({
    en: (rows: number) => `unpaid, and nothing said of cash on delivery: ${rows}`,
    zh: (rows) => `未付款且未说明货到付款：${rows}`,
    ru: (rows) => `не оплачено, а о наложенном платеже ничего не сказано: ${rows}`,
  }),
  asked: phrase({
    en: (distinct: number, known: number) => `${distinct} distinct, ${known} answered without a request`,
    zh: (distinct, known) => `不同的 ${distinct} 个，其中 ${known} 个无需请求`,
    ru: (distinct, known) => `разных ${distinct}, без запроса ответ на ${known}`,
  }),
  total: phrase({
    en: (files: number, requests: string) => `dry run: ${files} ${files === 1 ? 'file' : 'files'}, ${requests}`,
    zh: (files, requests) => `试运行：${files} 个文件，${requests}`,
    ru: (files, requests) => `пробный запуск: файлов ${files}, ${requests}`,
  }),
  noRequests: {
    en: 'no requests: answered locally',
    zh: '无需请求：本地识别',
    ru: 'без запросов: отвечает локальный детектор',
  },
  requests: phrase({
    en: (requests: number, time: string, rate: number) => `${requests} requests, about ${time} at ${rate} a second`,
    zh: (requests, time, rate) => `${requests} 次请求，按每秒 ${rate} 次约需 ${time}`,
    ru: (requests, time, rate) => `запросов ${requests}, примерно ${time} при ${rate} в секунду`,
  }),
  requestsAuto: phrase({
    en: (requests: number, time: string, rate: number) =>
      `${requests} requests, about ${time} at ${rate} a second, where --rate auto begins`,
    zh: (requests, time, rate) => `${requests} 次请求，按 --rate auto 起始的每秒 ${rate} 次约需 ${time}`,
    ru: (requests, time, rate) =>
      `запросов ${requests}, примерно ${time} при ${rate} в секунду, с которых начинает --rate auto`,
  }),
  seconds: phrase({ en: (n: number) => `${n} s`, zh: (n) => `${n} 秒`, ru: (n) => `${n} с` }),
  minutes: phrase({ en: (n: number) => `${n} min`, zh: (n) => `${n} 分钟`, ru: (n) => `${n} мин` }),
  hours: phrase({ en: (n: string) => `${n} h`, zh: (n) => `${n} 小时`, ru: (n) => `${n} ч` }),
} as const;
