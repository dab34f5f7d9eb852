import { phrase } from '../languages.ts';

/** What is said of the encoding of a text. */
export const ENCODING_TEXTS = {
  noEncoding: phrase({
    en: (known: string, given: string) => `must be one of ${known}, not "${given}"`,
    zh: (known, given) => `必须是 ${known} 之一，而不是“${given}”`,
    ru: (known, given) => `нужна одна из ${known}, а не «${given}»`,
  }),
  unknown: phrase({
    en: (file: string) =>
      `${file}: its text is neither UTF-8 nor looks like UTF-16, GB18030, windows-1251 or KOI8-R. ` +
      'Save it as "CSV UTF-8", or name its encoding with --encoding.',
    zh: (file) =>
      `${file}：文本既不是 UTF-8，也不像 UTF-16、GB18030、windows-1251 或 KOI8-R。请另存为“CSV UTF-8”，或用 --encoding 指定编码。`,
    ru: (file) =>
      `${file}: текст не в UTF-8 и не похож на UTF-16, GB18030, windows-1251 или KOI8-R. ` +
      'Сохраните файл как «CSV UTF-8» или назовите его кодировку через --encoding.',
  }),
  unsound: phrase({
    en: (file: string, line: number, encoding: string) =>
      `${file}, line ${line}: holds bytes that mean nothing in ${encoding}. Name the encoding of the file with --encoding.`,
    zh: (file, line, encoding) =>
      `${file}，第 ${line} 行：含有在 ${encoding} 中无意义的字节。请用 --encoding 指定文件编码。`,
    ru: (file, line, encoding) =>
      `${file}, строка ${line}: есть байты, которые ничего не значат в ${encoding}. Назовите кодировку файла через --encoding.`,
  }),
  notUtf8: phrase({
    en: (file: string, line: number) =>
      `${file}, line ${line}: not UTF-8. Save the file as "CSV UTF-8" and run again, or name its encoding with --encoding.`,
    zh: (file, line) => `${file}，第 ${line} 行：不是 UTF-8。请另存为“CSV UTF-8”后重新运行，或用 --encoding 指定编码。`,
    ru: (file, line) =>
      `${file}, строка ${line}: не UTF-8. Сохраните файл как «CSV UTF-8» и запустите снова или назовите его кодировку через --encoding.`,
  }),
  given: phrase({
    en: (encoding: string) => `encoding ${encoding} (given)`,
    zh: (encoding) => `编码 ${encoding}（已指定）`,
    ru: (encoding) => `кодировка ${encoding} (задана)`,
  }),
  marked: phrase({
    en: (encoding: string) => `encoding ${encoding} (byte-order mark)`,
    zh: (encoding) => `编码 ${encoding}（依据字节顺序标记）`,
    ru: (encoding) => `кодировка ${encoding} (по метке порядка байтов)`,
  }),
  markedOtherwise: phrase({
    en: (encoding: string, given: string) =>
      `encoding ${encoding} (its byte-order mark says so; --encoding ${given} does not hold for it)`,
    zh: (encoding, given) => `编码 ${encoding}（字节顺序标记如此，--encoding ${given} 对它无效）`,
    ru: (encoding, given) =>
      `кодировка ${encoding} (так говорит метка порядка байтов; --encoding ${given} к файлу не подходит)`,
  }),
  recognised: phrase({
    en: (encoding: string) => `encoding ${encoding} (recognised)`,
    zh: (encoding) => `编码 ${encoding}（自动识别）`,
    ru: (encoding) => `кодировка ${encoding} (определена)`,
  }),
  doubtful: phrase({
    en: (encoding: string, others: string, other: string) =>
      `encoding ${encoding} (recognised, but ${others} may be meant: look at the letters of the output, or say --encoding ${other})`,
    zh: (encoding, others, other) =>
      `编码 ${encoding}（自动识别，但也可能是 ${others}：请检查输出中的文字，或用 --encoding ${other} 指定）`,
    ru: (encoding, others, other) =>
      `кодировка ${encoding} (определена, но возможна и ${others}: посмотрите на буквы в результате или задайте --encoding ${other})`,
  }),
} as const;
