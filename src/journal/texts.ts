import { phrase, type Texts } from '../languages.ts';

/** What is said of attempts at an output, and of the record of a folder. */
export const JOURNAL_TEXTS = {
  busy: phrase({
    en: (output: string, holder: string) => `${output}: another run is at work on it: ${holder}. Wait for it.`,
    zh: (output, holder) => `${output}：另一个运行正在写入此文件：${holder}。请等它结束。`,
    ru: (output, holder) => `${output}: этот файл уже пишет другой запуск: ${holder}. Дождитесь его.`,
  }),
  process: phrase({
    en: (pid: string) => `process ${pid}`,
    zh: (pid) => `进程 ${pid}`,
    ru: (pid) => `процесс ${pid}`,
  }),
  unnamedHolder: {
    en: 'a process that did not name itself',
    zh: '未留下名称的进程',
    ru: 'процесс, который не назвал себя',
  },
  unwritable: phrase({
    en: (file: string, reason: string) => `cannot write ${file}: ${reason}.`,
    zh: (file, reason) => `无法写入 ${file}：${reason}。`,
    ru: (file, reason) => `не удалось записать ${file}: ${reason}.`,
  }),
  restarted: { en: 'as --restart asks', zh: '--restart 要求如此', ru: 'так просит --restart' },
  partialGone: {
    en: 'the partial output is gone or shorter than recorded',
    zh: '未完成的输出已丢失或比记录的短',
    ru: 'незаконченный результат пропал или короче записанного',
  },
  newerRecord: phrase({
    en: (file: string) => `${file} was made by a newer gorod; use that one.`,
    zh: (file) => `${file} 由更新版本的 gorod 建立，请使用该版本。`,
    ru: (file) => `${file} создан более новым gorod; пользуйтесь им.`,
  }),
  damagedRecord: phrase({
    en: (file: string) =>
      `the record of what is done, ${file}, is damaged. Remove it, and every file of the folder counts as new.`,
    zh: (file) => `已完成记录 ${file} 已损坏。删除它后，文件夹中的所有文件都视为新文件。`,
    ru: (file) => `запись о сделанном, ${file}, повреждена. Удалите её, и все файлы папки будут считаться новыми.`,
  }),
  uselessRecord: phrase({
    en: (file: string, reason: string) => `the record of what is done, ${file}, cannot be used: ${reason}.`,
    zh: (file, reason) => `已完成记录 ${file} 无法使用：${reason}。`,
    ru: (file, reason) => `запись о сделанном, ${file}, не годится: ${reason}.`,
  }),
} as const;

/** Why a job begins anew, by what has changed since its earlier attempt. */
export const CHANGED_TEXTS: Readonly<Record<'input' | 'options' | 'answers', Texts>> = {
  input: { en: 'the input has changed', zh: '输入文件已变化', ru: 'входной файл изменился' },
  options: { en: 'the options have changed', zh: '选项已变化', ru: 'изменились параметры' },
  answers: {
    en: 'the gazetteer or the API has changed',
    zh: '地名库或接口已变化',
    ru: 'изменился справочник мест или API',
  },
};
