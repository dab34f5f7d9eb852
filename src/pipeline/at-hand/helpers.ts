import type { QueryDefaults } from '../../address/cells.ts';
import type { ColumnMap } from '../../columns/roles.ts';
import type { RowBlock } from '../../csv/row-block.ts';
import type { AnsweredBlock, SharedMeans } from './answer-block.ts';
import type { AnswerSettings } from './answer-questions.ts';

/** Other threads that answer blocks. */
export interface Helpers {
  /** Whether one of them has too little to do. */
  hasRoom(): boolean;
  /** Answers a block, whose bytes are gone from here; a block of which a row has to be asked comes back. */
  answer(block: RowBlock, means: SharedMeans): Promise<AnsweredBlock | RowBlock>;
  close(): Promise<void>;
}

/** What a helper has to know of a job that is found only in its file. */
export interface HelperSettings {
  readonly columns: ColumnMap;
  readonly defaults: Pick<QueryDefaults, 'country' | 'fiasOnly'>;
  readonly layout: AnswerSettings['layout'];
}

export type StartHelpers = (settings: HelperSettings) => Helpers;
