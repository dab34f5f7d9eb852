import { inEach, type Texts } from './languages.ts';

/** Why a file cannot be read, and what to do, in words where the system's code is one that people meet. Completes "cannot read FILE: …". */
export function readTrouble(cause: unknown): Texts {
  return READING[codeOf(cause)] ?? inEach(() => messageOf(cause));
}

/** Why a file cannot be written, and what to do. Completes "cannot write FILE: …". */
export function writeTrouble(cause: unknown): Texts {
  return WRITING[codeOf(cause)] ?? inEach(() => messageOf(cause));
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

const OPEN_ELSEWHERE: Texts = {
  en: 'another program has it open; close it there and run again',
  zh: '文件正被其他程序打开，请关闭后重新运行',
  ru: 'файл открыт в другой программе; закройте его там и запустите снова',
};

const NOT_READABLE: Texts = {
  en: 'you have no right to read it; ask for that, or copy it to a folder of your own',
  zh: '没有读取权限，请申请权限，或把文件复制到自己的文件夹',
  ru: 'нет прав на чтение; попросите доступ или скопируйте файл в свою папку',
};

const NOT_WRITABLE: Texts = {
  en: 'nothing may be written there; close the file where it is open, or name another place',
  zh: '该位置无法写入；请关闭已打开的文件，或指定其他位置',
  ru: 'туда нельзя записать; закройте файл, если он открыт, или укажите другое место',
};

const NO_FOLDER: Texts = {
  en: 'there is no such folder; make it, or name another place',
  zh: '没有这个文件夹，请先创建，或指定其他位置',
  ru: 'такой папки нет; создайте её или укажите другое место',
};

const READING: Readonly<Record<string, Texts>> = {
  ENOENT: {
    en: 'there is no such file; check its name and folder',
    zh: '没有这个文件，请检查文件名和文件夹',
    ru: 'такого файла нет; проверьте имя и папку',
  },
  EACCES: NOT_READABLE,
  EPERM: NOT_READABLE,
  EISDIR: { en: 'it is a folder', zh: '这是一个文件夹', ru: 'это папка' },
  EBUSY: OPEN_ELSEWHERE,
};

const DISK_FULL: Texts = {
  en: 'the disk is full; make room and run the same command again',
  zh: '磁盘已满，请清理空间后再次运行同一命令',
  ru: 'диск заполнен; освободите место и запустите ту же команду снова',
};

const WRITING: Readonly<Record<string, Texts>> = {
  ENOENT: NO_FOLDER,
  ENOTDIR: NO_FOLDER,
  EACCES: NOT_WRITABLE,
  EPERM: NOT_WRITABLE,
  EROFS: NOT_WRITABLE,
  EISDIR: {
    en: 'there is a folder of that name; name another file',
    zh: '已有同名文件夹，请指定其他文件名',
    ru: 'есть папка с таким именем; укажите другой файл',
  },
  ENOSPC: DISK_FULL,
  SQLITE_FULL: DISK_FULL,
  EBUSY: OPEN_ELSEWHERE,
};
