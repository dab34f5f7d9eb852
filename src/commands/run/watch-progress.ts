import type { Values } from '../../config/option.ts';
import type { TELLING_OPTIONS } from '../../config/telling-options.ts';
import type { Language } from '../../languages.ts';
import type { Pace } from '../../report/pace.ts';
import { renderPace } from '../../report/pace-text.ts';
import {
  barProgress,
  every,
  type Progress,
  type ProgressOptions,
  silentProgress,
  toldProgress,
} from '../../report/progress.ts';
import { type Terminal, tell } from '../terminal.ts';

export type ProgressConfig = Pick<Values<typeof TELLING_OPTIONS>, 'progress'> & {
  readonly quiet: boolean;
  readonly lang: Language;
};

/** Milliseconds between two lines, and between two looks at what the bar shows. */
const LINE_EVERY = 10_000;
const BAR_EVERY = 1000;

/** Shows progress as the options ask for it, from now on. */
export async function watchProgress(
  job: Omit<ProgressOptions, 'ticks'>,
  config: ProgressConfig,
  terminal: Terminal,
): Promise<Progress> {
  const { progress, quiet, lang } = config;
  if (quiet || progress === 'none') return silentProgress;
  const isBar = progress !== 'plain' && terminal.stderr.isTTY === true && terminal.logFormat === 'text';
  if (isBar) return barProgress(terminal.stderr, { ...job, ticks: every(BAR_EVERY), language: lang });
  const tellPace = (pace: Pace) =>
    tell({ level: 'info', event: 'progress', text: renderPace(pace, lang), fields: { ...pace } }, config, terminal);
  return toldProgress(tellPace, { ...job, ticks: every(LINE_EVERY), last: progress === 'plain' });
}
