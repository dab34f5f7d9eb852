import type { SetResult } from './score.ts';

const MOST_EXAMPLES = 12;

/** The figures of every set as text, the engine's misses with examples. */
export function renderResults(results: readonly SetResult[]): string {
  let text = '';
  let set = '';
  for (const result of results) {
    if (result.name !== set) text += `\n${result.name}: ${result.cases} cases\n`;
    set = result.name;
    text += `  ${result.by.padEnd(26)}${figures(result)}\n`;
    if (result.by !== 'gorod') continue;
    for (const { postcode, address, expected, outcome, got } of result.examples.slice(0, MOST_EXAMPLES)) {
      text += `      ${outcome}: ${postcode} ${address} → ${got} (expected ${expected.slice(0, 2).join(' ')})\n`;
    }
  }
  return text;
}

function figures({ cases, counts, review, microsecondsEach }: SetResult): string {
  const share = (count: number): string => `${((100 * count) / Math.max(1, cases)).toFixed(2)} %`;
  const right = counts.refused + counts.detected;
  return [
    `right ${share(right)}`,
    `ambiguous ${share(counts.ambiguous)}`,
    `missed ${share(counts.missed)}`,
    `wrong ${counts.wrong} (${share(counts.wrong)})`,
    `for review ${share(review)}`,
    `${microsecondsEach.toFixed(1)} µs each`,
  ].join(', ');
}
