import { phrase } from '../languages.ts';

/** What is said of the cache file. What is wrong with it completes "The cache FILE …". */
export const CACHE_TEXTS = {
  damaged: { en: 'is damaged', zh: '已损坏', ru: 'повреждён' },
  damagedOrNone: { en: 'is damaged or no cache', zh: '已损坏或不是缓存', ru: 'повреждён или это не кэш' },
  foreign: { en: 'is the database of something else', zh: '是其他程序的数据库', ru: '— база другой программы' },
  truncated: { en: 'is truncated', zh: '不完整', ru: 'обрывается' },
  notRegular: { en: 'is not a regular file', zh: '不是普通文件', ru: '— не обычный файл' },
  locked: { en: 'is kept locked by another process', zh: '被其他进程锁定', ru: 'занят другим процессом' },
  diskFull: { en: 'cannot grow: the disk is full', zh: '无法增大：磁盘已满', ru: 'не может вырасти: диск заполнен' },
  notWritable: phrase({
    en: (code: string) => `cannot be opened for writing (${code})`,
    zh: (code) => `无法打开写入（${code}）`,
    ru: (code) => `не открывается на запись (${code})`,
  }),
  useless: phrase({
    en: (code: string) => `cannot be used (${code})`,
    zh: (code) => `无法使用（${code}）`,
    ru: (code) => `не годится (${code})`,
  }),
  againWrong: phrase({
    en: (wrong: string) => `${wrong} again as soon as it was made`,
    zh: (wrong) => `刚建立就又${wrong}`,
    ru: (wrong) => `${wrong} сразу после создания`,
  }),
  unusable: phrase({
    en: (file: string, what: string) =>
      `The cache ${file} ${what}. Give another one with --cache, or run with --no-cache.`,
    zh: (file, what) => `缓存 ${file} ${what}。请用 --cache 指定其他文件，或用 --no-cache 运行。`,
    ru: (file, what) => `Кэш ${file} ${what}. Укажите другой через --cache или запустите с --no-cache.`,
  }),
  refused: phrase({
    en: (file: string, what: string) => `The file ${file} ${what}. It is left as it is; is it the one you meant?`,
    zh: (file, what) => `文件 ${file} ${what}，保持原样未动；这是您要的文件吗？`,
    ru: (file, what) => `Файл ${file} ${what}. Он оставлен как есть; это тот файл, который вы имели в виду?`,
  }),
  setAside: phrase({
    en: (file: string, what: string, kept: string) =>
      `The cache ${file} ${what}. It was set aside as ${kept}, and a new one was begun.`,
    zh: (file, what, kept) => `缓存 ${file} ${what}，已另存为 ${kept}，并新建了一个。`,
    ru: (file, what, kept) => `Кэш ${file} ${what}. Он отложен как ${kept}, начат новый.`,
  }),
  newer: phrase({
    en: (file: string, version: number, known: number) =>
      `The cache ${file} was made by a newer gorod (schema ${version}, this one knows ${known}). ` +
      'Update gorod, or give another cache with --cache.',
    zh: (file, version, known) =>
      `缓存 ${file} 由更新版本的 gorod 建立（结构版本 ${version}，当前支持 ${known}）。请升级 gorod，或用 --cache 指定其他缓存。`,
    ru: (file, version, known) =>
      `Кэш ${file} создан более новым gorod (схема ${version}, этот знает ${known}). ` +
      'Обновите gorod или укажите другой кэш через --cache.',
  }),
} as const;
