import type { Language } from '../languages.ts';
import { type Passed, showThreshold } from '../pipeline/thresholds.ts';

/** Says which threshold was passed, and by how much. */
export function renderPassed({ threshold, count, rows }: Passed, language: Language): string {
  const option = `--fail-on ${showThreshold(threshold)}`;
  const share = threshold.unit === 'percent' ? percent(count, rows, threshold.most) : undefined;
  switch (language) {
    case 'zh':
      return `超过 ${option}：${rows} 行中有 ${count} 行${share === undefined ? '' : `（${share}%）`}`;
    case 'ru':
      return `превышен порог ${option}: строк ${count} из ${rows}${share === undefined ? '' : ` (${share} %)`}`;
    default:
      return `${option} is passed: ${count} of ${rows} rows${share === undefined ? '' : ` (${share} %)`}`;
  }
}

/** With as many decimals as it takes to be more than the threshold, one at least where it is no whole number. */
function percent(count: number, rows: number, most: number): string {
  const exact = (count * 100) / rows;
  for (let decimals = 1; decimals < 6; decimals += 1) {
    const shown = Number(exact.toFixed(decimals));
    if (shown > most) return String(shown);
  }
  return String(exact);
}
