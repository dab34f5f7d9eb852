import { phrase } from '../languages.ts';

/** What is said of the files that a command is given. */
export const INPUT_TEXTS = {
  folderUnreadable: phrase({
    en: (folder: string, reason: string) => `cannot read the folder ${folder}: ${reason}.`,
    zh: (folder, reason) => `无法读取文件夹 ${folder}：${reason}。`,
    ru: (folder, reason) => `не удалось прочитать папку ${folder}: ${reason}.`,
  }),
  noMatch: phrase({
    en: (pattern: string) => `${pattern}: no file matches this pattern.`,
    zh: (pattern) => `${pattern}：没有与之匹配的文件。`,
    ru: (pattern) => `${pattern}: под этот шаблон не подходит ни один файл.`,
  }),
  twoPlaces: {
    en: '--output and --output-dir: give one of them.',
    zh: '--output 与 --output-dir 只能给出一个。',
    ru: '--output и --output-dir: задайте что-то одно.',
  },
  onePlace: {
    en: '--output names one file; give several their folder with --output-dir.',
    zh: '--output 只指定一个文件；多个文件请用 --output-dir 指定文件夹。',
    ru: '--output называет один файл; для нескольких задайте папку через --output-dir.',
  },
  sameOutput: phrase({
    en: (one: string, other: string, output: string) =>
      `${one} and ${other} would both be written to ${output}. Do them one at a time, with -o.`,
    zh: (one, other, output) => `${one} 与 ${other} 都会写入 ${output}。请用 -o 分别处理。`,
    ru: (one, other, output) => `${one} и ${other} попали бы в один файл ${output}. Обработайте их по одному, с -o.`,
  }),
  overInput: phrase({
    en: (path: string, input: string) => `${path} would be written to ${input}, which is an input itself.`,
    zh: (path, input) => `${path} 的结果会写入 ${input}，而它本身也是输入文件。`,
    ru: (path, input) => `${path} записался бы в ${input}, а это один из входных файлов.`,
  }),
} as const;
