import type { Sample } from './cell-values.ts';
import type { ColumnChoice } from './column-choice.ts';
import type { PresetName } from './presets.ts';

/** What the columns of a file are found by. */
export interface ColumnClues {
  /** For messages. */
  readonly file: string;
  readonly headers: readonly string[];
  /** Cells of the first rows; none where there are no rows. */
  readonly sample: Sample;
  /** What the user settles. */
  readonly choice: ColumnChoice;
  /** The export that the file is, where the user says so. */
  readonly preset?: PresetName | undefined;
  /** Columns that are none of the file's own: those an earlier run added. */
  readonly added?: ReadonlySet<number>;
}
