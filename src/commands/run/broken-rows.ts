import type { CollectedRow, Collector } from '../../pipeline/collector.ts';
import type { LogLine } from '../log.ts';
import type { CheckConfig } from './check-files.ts';
import { RUN_TEXTS } from './texts.ts';

/** So many lines are named. */
const MOST_NAMED = 20;

/** Notes the broken rows of one file while it is checked. */
export interface BrokenRows {
  /** Takes every row, for itself and for the collector that it stands before. */
  add(row: CollectedRow): void;
  /** What is told of them: a warning where `gorod run` would stop; undefined where there are none. */
  line(input: string, config: Pick<CheckConfig, 'badRows' | 'lang'>): LogLine | undefined;
}

/** Stands before `next`, which may be none. */
export function brokenRows(next: Pick<Collector, 'add'> | undefined): BrokenRows {
  const lines: number[] = [];
  let rows = 0;
  return {
    add: (row) => {
      next?.add(row);
      if (row.judgement.status !== 'ERR_BAD_ROW') return;
      rows += 1;
      if (lines.length < MOST_NAMED) lines.push(row.row.line);
    },
    line: (input, { badRows, lang }) => {
      if (rows === 0) return undefined;
      const stops = badRows === 'list';
      const named = lines.join(', ') + (rows > lines.length ? `, … (+${rows - lines.length})` : '');
      const say = stops ? RUN_TEXTS.brokenRows : RUN_TEXTS.keptBrokenRows;
      const text = say(input, rows, named)[lang];
      return { level: stops ? 'warn' : 'info', event: 'broken_rows', text, fields: { input, rows, lines } };
    },
  };
}
