import type { ErrorCode } from '../errors.ts';
import type { Language, Texts } from '../languages.ts';

/** An input that the report does not cover. Its error's own text is left out: it may hold a cell of the file. */
export interface FailedInput {
  /** Without its folder. */
  readonly name: string;
  readonly code: ErrorCode;
  /** What went wrong, in the report's language. */
  readonly meaning: string;
}

/** What a report says of an input that failed. */
export function failedInput(name: string, code: ErrorCode, language: Language): FailedInput {
  return { name, code, meaning: (MEANINGS[code] ?? NOT_DONE)[language] };
}

const NOT_DONE: Texts = { en: 'it was not done', zh: '未处理', ru: 'не обработан' };

const MEANINGS: Readonly<Partial<Record<ErrorCode, Texts>>> = {
  BAD_INPUT: { en: 'it is broken or no table', zh: '已损坏或不是表格', ru: 'повреждён или это не таблица' },
  BAD_COLUMNS: {
    en: 'its columns were not recognised',
    zh: '未识别出所需的列',
    ru: 'столбцы не распознаны',
  },
  INPUT_UNREADABLE: { en: 'it could not be read', zh: '无法读取', ru: 'не удалось прочитать' },
  INPUT_CHANGED: { en: 'it changed while it was read', zh: '读取期间发生变化', ru: 'изменился во время чтения' },
  OUTPUT_FAILED: {
    en: 'its result could not be written',
    zh: '结果无法写入',
    ru: 'результат не удалось записать',
  },
  OUTPUT_BUSY: { en: 'another run is at work on it', zh: '另一个运行正在处理', ru: 'его обрабатывает другой запуск' },
};
