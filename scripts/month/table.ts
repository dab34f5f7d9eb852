import type { MonthNight } from './month.ts';

/** Requests with inference for each distinct uncached question of the night. */
export function shareOf({ uncached, inferring }: Pick<MonthNight, 'uncached' | 'inferring'>): number {
  return inferring.requests / uncached;
}

/** The table of the month as Markdown: its head, a row for each night, and the last row. */
export function tableHead(): string {
  return [
    '| night | without a cache | with a cache | with inference | of the uncached | rows inferred | wrong | audited, agreeing |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  ].join('\n');
}

export function tableRow(night: MonthNight): string {
  return line(String(night.night), [night]);
}

export function tableTotal(month: readonly MonthNight[]): string {
  return line('all', month);
}

function line(name: string, nights: readonly MonthNight[]): string {
  const sum = (of: (night: MonthNight) => number) => nights.reduce((total, night) => total + of(night), 0);
  const uncached = sum((night) => night.uncached);
  const requests = sum(({ inferring }) => inferring.requests);
  const audited = sum(({ inferring }) => inferring.audited);
  const agreeing = audited - sum(({ inferring }) => inferring.differing);
  const cells = [
    name,
    sum((night) => night.questions),
    uncached,
    requests,
    (requests / uncached).toFixed(3),
    sum(({ inferring }) => inferring.inferred),
    sum(({ inferring }) => inferring.wrong.length),
    `${audited}, ${agreeing}`,
  ];
  return `| ${cells.join(' | ')} |`;
}
