import type { Journal } from '../../journal/journal.ts';
import type { Language, Texts } from '../../languages.ts';
import type { LogLine } from '../log.ts';

export const RESUME_TEXTS = {
  notResumable: {
    en: 'reading stdin or writing stdout: an interrupted run cannot be gone on with',
    zh: '从标准输入读取或写入标准输出：中断后无法续做',
    ru: 'чтение stdin или запись в stdout: прерванную работу нельзя будет продолжить',
  },
} as const satisfies Readonly<Record<string, Texts>>;

/** What is told of an earlier attempt at an output; undefined where there was none. */
export function attemptLine(
  output: string,
  { resumeFrom, finished, startedOver }: Pick<Journal, 'resumeFrom' | 'finished' | 'startedOver'>,
  language: Language,
): LogLine | undefined {
  if (startedOver !== undefined) {
    const fields = { output, reason: startedOver.en };
    return {
      level: 'info',
      event: 'started_over',
      text: STARTED_OVER[language](output, startedOver[language]),
      fields,
    };
  }
  if (finished) return { level: 'info', event: 'was_complete', text: COMPLETE[language](output), fields: { output } };
  if (resumeFrom === undefined) return undefined;
  const { rows } = resumeFrom;
  return { level: 'info', event: 'resumed', text: RESUMED[language](output, rows), fields: { output, rows } };
}

const RESUMED: Readonly<Record<Language, (output: string, rows: number) => string>> = {
  en: (output, rows) => `going on with ${output} after row ${rows}`,
  zh: (output, rows) => `从第 ${rows} 行之后继续 ${output}`,
  ru: (output, rows) => `продолжаем ${output} после строки ${rows}`,
};

const COMPLETE: Readonly<Record<Language, (output: string) => string>> = {
  en: (output) => `${output} was complete when its run ended early`,
  zh: (output) => `${output} 在运行提前结束前已完成`,
  ru: (output) => `${output}: работа была завершена до того, как её прервали`,
};

const STARTED_OVER: Readonly<Record<Language, (output: string, reason: string) => string>> = {
  en: (output, reason) => `starting ${output} over: ${reason}`,
  zh: (output, reason) => `重新开始 ${output}：${reason}`,
  ru: (output, reason) => `начинаем ${output} заново: ${reason}`,
};
