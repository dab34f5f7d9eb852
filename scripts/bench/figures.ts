/** A line of the result: what was measured, and what it is measured against. */
export interface Figure {
  readonly name: string;
  /** Undefined where it could not be measured. */
  readonly value: number | undefined;
  readonly unit: '×' | 's' | 'MB' | '/s' | 'µs' | 'ms' | '%';
  readonly bar?: Bar;
  /** Why there is no value, or what else is to be known. */
  readonly note?: string;
}

/** What the value has to reach, or must not pass. */
export type Bar = { readonly atLeast: number } | { readonly atMost: number };

/** Whether a figure keeps its bar; undefined where it has none or was not measured. */
export function isMet({ value, bar }: Figure): boolean | undefined {
  if (bar === undefined || value === undefined) return undefined;
  return 'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost;
}

/** A figure in one line: name, value, bar, and whether the bar is met. */
export function renderFigure(figure: Figure): string {
  const { name, value, unit, bar, note } = figure;
  const shown = value === undefined ? 'not measured' : `${rounded(value)} ${unit}`;
  const met = isMet(figure);
  const verdict = met === undefined ? '' : met ? 'ok' : 'MISSED';
  const demand = bar === undefined ? '' : 'atLeast' in bar ? `≥ ${bar.atLeast}` : `≤ ${bar.atMost}`;
  const line = `  ${name.padEnd(46)}${shown.padStart(14)}  ${demand.padEnd(8)}${verdict.padEnd(8)}${note ?? ''}`;
  return line.trimEnd();
}

function rounded(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2);
}
