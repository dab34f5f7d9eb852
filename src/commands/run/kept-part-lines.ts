import { phrase } from '../../languages.ts';
import { type BeforeLearning, learnCommandLine } from '../learn/learn-command.ts';
import type { LogLine } from '../log.ts';

/** A part of an earlier `--split` that was set aside, and why. */
export interface KeptPart {
  readonly part: string;
  /** Where it is now. */
  readonly kept: string;
  /** Rows that were filled in and not learnt. */
  readonly unlearnt: number;
  /** Rows whose postcode or address was written over. */
  readonly changed: number;
  /** Whether it cannot be told what is in it. */
  readonly isUnreadable: boolean;
}

/** Tells that a part was set aside, and what to do about it. */
export function keptLine({ part, kept, unlearnt, changed, isUnreadable }: KeptPart, config: BeforeLearning): LogLine {
  const command = learnCommandLine(unlearnt > 0 ? kept : part, config);
  const text = isUnreadable
    ? UNREADABLE(part, kept)
    : unlearnt > 0
      ? UNLEARNT(part, unlearnt, kept, command)
      : CHANGED(part, changed, kept, command);
  return { level: 'warn', event: 'part_kept', text: text[config.lang], fields: { part, kept, unlearnt, changed } };
}

/** Warns that a part is open in a spreadsheet while it is replaced. */
export function openPartLine(part: string, { lang }: Pick<BeforeLearning, 'lang'>): LogLine {
  return { level: 'warn', event: 'part_open', text: OPEN(part)[lang], fields: { part } };
}

const UNLEARNT = phrase<[part: string, rows: number, kept: string, command: string]>({
  en: (part, rows, kept, command) =>
    `${part} had rows filled in that were not learnt: ${rows}. It was set aside as ${kept}; next: ${command}`,
  zh: (part, rows, kept, command) =>
    `${part} 中有 ${rows} 行已填写但尚未用 gorod learn 学习，该文件已移存为 ${kept}；下一步：${command}`,
  ru: (part, rows, kept, command) =>
    `${part}: строк, заполненных, но не переданных gorod learn: ${rows}. Файл отложен как ${kept}; дальше: ${command}`,
});

const CHANGED = phrase<[part: string, rows: number, kept: string, command: string]>({
  en: (part, rows, kept, command) =>
    `${part} had rows whose postcode or address was written over: ${rows}. It was set aside as ${kept}; write what was ` +
    `corrected there into fix_postcode or fix_address of the new ${part}, then: ${command}`,
  zh: (part, rows, kept, command) =>
    `${part} 中有 ${rows} 行的邮编或地址被直接改写，该文件已移存为 ${kept}；请把其中更正的内容填入新的 ${part} 的 ` +
    `fix_postcode 或 fix_address 列，然后：${command}`,
  ru: (part, rows, kept, command) =>
    `${part}: строк с исправленным на месте индексом или адресом: ${rows}. Файл отложен как ${kept}; перенесите ` +
    `исправленное из него в fix_postcode или fix_address нового ${part}, затем: ${command}`,
});

const UNREADABLE = phrase<[part: string, kept: string]>({
  en: (part, kept) => `${part} could not be read to see whether it is filled in. It was set aside as ${kept}`,
  zh: (part, kept) => `无法读取 ${part} 以确认是否已填写，该文件已移存为 ${kept}`,
  ru: (part, kept) => `${part} не удалось прочитать, чтобы увидеть, заполнен ли он. Файл отложен как ${kept}`,
});

const OPEN = phrase<[part: string]>({
  en: (part) =>
    `${part} is open in a spreadsheet: save what is not yet saved under another name, and give that to gorod learn`,
  zh: (part) => `${part} 正在表格软件中打开：尚未保存的内容请另存为其他文件名，再交给 gorod learn`,
  ru: (part) => `${part} открыт в таблице: несохранённое сохраните под другим именем и передайте gorod learn`,
});
