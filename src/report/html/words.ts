import type { OrderError } from '../../address/order-error.ts';
import type { Verdict } from '../../address/verdict.ts';
import type { Language } from '../../languages.ts';
import { en } from './words/en.ts';
import { ru } from './words/ru.ts';
import { zh } from './words/zh.ts';

/** A text with figures in it, which come formatted. */
type Filled = (...figures: readonly string[]) => string;

/** Every text of the page that does not come from the report. */
export interface Words {
  /** BCP 47, for `lang` and for Intl. */
  readonly locale: string;
  readonly title: Filled;
  readonly made: Filled;
  /** One row, three rows: the figure and its noun. */
  readonly rows: (count: number, shown: string) => string;
  readonly verdicts: Readonly<Record<Verdict, { readonly name: string; readonly means: string }>>;
  readonly allWell: string;
  readonly noRows: string;
  readonly ofAll: Filled;
  readonly headings: Readonly<Record<Section, string>>;
  readonly columns: Readonly<Record<Column, string>>;
  readonly whatToDo: string;
  readonly examples: Filled;
  readonly andMore: Filled;
  readonly statusesIntro: string;
  readonly codSum: Filled;
  readonly codNone: string;
  readonly noneCollected: string;
  readonly limitUntold: string;
  readonly cityUntold: string;
  readonly contradictionsIntro: Filled;
  readonly mapIntro: Filled;
  readonly mapTitle: string;
  readonly unplaced: Filled;
  readonly orderErrors: Readonly<Record<OrderError, string>>;
  readonly orderErrorsIntro: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly audited: string;
  readonly agreeing: (agreed: string, asked: string) => string;
  readonly fallbacks: string;
  readonly requests: Filled;
  readonly elapsed: Filled;
  readonly retries: string;
  readonly postcodesTaken: string;
  readonly unpaid: string;
  readonly failedInputs: string;
  readonly detector: string;
  readonly sinceIntro: Filled;
  readonly overLimitSum: string;
  readonly unknownCode: string;
  readonly filter: string;
  readonly show: string;
  readonly showAll: string;
  readonly sortBy: Filled;
  readonly shown: Filled;
  readonly privacy: string;
}

export type Section = 'next' | 'statuses' | 'orders' | 'cod' | 'contradictions' | 'destinations' | 'answers' | 'since';

export type Column =
  | 'file'
  | 'line'
  | 'postcode'
  | 'place'
  | 'message'
  | 'status'
  | 'rows'
  | 'city'
  | 'region'
  | 'limit'
  | 'sum'
  | 'lines'
  | 'says'
  | 'other'
  | 'verdict'
  | 'source'
  | 'measure'
  | 'before'
  | 'now'
  | 'change';

export const WORDS: Readonly<Record<Language, Words>> = { en, zh, ru };
