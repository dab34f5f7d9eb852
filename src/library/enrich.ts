import { type ApiAnswer, toApiAnswer } from '../address/api-answer.ts';
import type { Outcome } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';
import type { Judgement, LimitOf } from '../address/verdict.ts';
import type { Detector } from '../detector/detector.ts';
import { LANGUAGES, type Language } from '../languages.ts';
import { noCodLimits } from '../pipeline/cod-limits.ts';
import { enrich as enrichBatches } from '../pipeline/enrich.ts';
import { OUTPUT_COLUMNS, type OutputColumn, renderCells } from '../pipeline/output-columns.ts';
import { ACCEPT_CONFIDENCE } from '../toponym/thresholds.ts';
import {
  assertOptions,
  isFunction,
  isOneOf,
  isText,
  isTrueOrFalse,
  isWhole,
  isWithin,
  type OptionChecks,
} from './known-options.ts';
import { type AddressRow, COLUMNS, inBatches, sourceRow, WIDTH } from './rows.ts';

/** How rows are asked about and judged. */
export interface EnrichOptions {
  /** Language of `columns.message`. Default: `en`. */
  readonly language?: Language;
  /** Country of rows without one. Default: `ru`, the only one that is answered. */
  readonly country?: string;
  /** Ask for the FIAS place only, not for the CDEK city. Default: false. */
  readonly fiasOnly?: boolean;
  /**
   * The shop's own COD limits in roubles, -1 for none; they fill and lower those of the answers. `parseCodLimits` reads
   * them from a CSV. Default: knows none.
   */
  readonly limitOf?: LimitOf;
  /** An answer of a matcher under this confidence, 0 to 1, is for review. Default: 0.86, as measured. */
  readonly acceptConfidence?: number;
  /** How many questions may be open before reading waits; at least the detector's `concurrency`. Default: 256. */
  readonly openQuestions?: number;
  /** Once it aborts, nothing more is read or asked, and the iteration rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** How the rows of a program are read: needed only where they are no `AddressRow` already, such as arrays. */
export type RowReader<Row> = Row extends AddressRow
  ? { readonly read?: (row: Row) => AddressRow }
  : { readonly read: (row: Row) => AddressRow };

/** A row with its answer. A row's failure is data: it never throws. */
export interface Enriched<Row = AddressRow> {
  /** The very row that was given. */
  readonly row: Row;
  /** What was asked after repair; undefined where the row made no question. */
  readonly query: AddressQuery | undefined;
  /** What came of it: answered, invalid or deferred. */
  readonly outcome: Outcome;
  /** Status, verdict, COD flag and the limit in force. */
  readonly judgement: Judgement;
  /** The columns of `gorod run` by their names without prefix, rendered as there. */
  readonly columns: Readonly<Record<OutputColumn, string>>;
  /** The answer as detect-city would give it: what a server of one's own sends. */
  toApiAnswer(): ApiAnswer;
}

/**
 * Answers rows as a stream: one out for each one in, in the same order, within bounded memory. What the detector knows
 * is yielded at once. Reading goes on while questions wait for their answers, so a row that has to be asked comes out
 * when the source gives its next row or ends: for a single question use `detect`.
 * Rejects with GorodError where going on is pointless, such as a refused key, BAD_OPTION for an option that there is not or
 * a value that cannot be, CLOSED where the detector is closed, and with what the source throws.
 */
export async function* enrich<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  detector: Detector,
  ...[options]: OptionsOf<Row>
): AsyncGenerator<Enriched<Row>, void> {
  const given: EnrichOptions & { readonly read?: (row: Row) => AddressRow } = options ?? {};
  assertOptions('enrich', given, CHECKS);
  const read = given.read ?? asGiven;
  given.signal?.throwIfAborted();
  const settings = {
    columns: { ...COLUMNS },
    width: WIDTH,
    defaults: { country: given.country ?? 'ru', fiasOnly: given.fiasOnly ?? false },
    rules: { limitOf: given.limitOf ?? noCodLimits, acceptConfidence: given.acceptConfidence ?? ACCEPT_CONFIDENCE },
    maxOpenQuestions: given.openQuestions ?? 256,
  };
  const { acceptConfidence } = settings.rules;
  const { language = 'en', signal } = given;

  async function* source() {
    let line = 0;
    for await (const batch of inBatches(rows, signal)) {
      signal?.throwIfAborted();
      yield batch.map((row) => sourceRow(row, ++line, read(row)));
    }
  }

  for await (const batch of enrichBatches(source(), detector, settings, signal)) {
    for (const { row, query, outcome, judgement } of batch) {
      const [postcode = '', address = ''] = row.cells;
      yield {
        row: row.source,
        query,
        outcome,
        judgement,
        columns: columnsOf(outcome, judgement, language),
        toApiAnswer: () => {
          const asked = query ?? { postcode: postcode.trim(), address: address.trim() };
          return toApiAnswer(asked, outcome, { ...judgement, language, acceptConfidence });
        },
      };
    }
  }
}

/** Answers one question. Rejects as `enrich` does. */
export async function detect<Row extends AddressRow>(
  row: Row,
  detector: Detector,
  options: EnrichOptions = {},
): Promise<Enriched<Row>> {
  assertOptions('detect', options, CHECKS);
  for await (const enriched of enrich<AddressRow>([row], detector, options)) return { ...enriched, row };
  throw new Error('a row came out without an answer');
}

const CHECKS: OptionChecks<EnrichOptions & { readonly read?: unknown }> = {
  language: isOneOf(LANGUAGES),
  country: isText,
  fiasOnly: isTrueOrFalse,
  limitOf: isFunction,
  acceptConfidence: isWithin(0, 1),
  openQuestions: isWhole(1),
  signal: (value) => (value instanceof AbortSignal ? undefined : 'be an AbortSignal'),
  read: isFunction,
};

/** Options may be left out where nothing in them is needed. */
export type OptionsOf<Row> = Row extends AddressRow
  ? [options?: EnrichOptions & RowReader<Row>]
  : [options: EnrichOptions & RowReader<Row>];

function asGiven(row: unknown): AddressRow {
  const { postcode, address, cod, country } = Object(row) as Partial<AddressRow>;
  return { postcode, address, cod, country };
}

function columnsOf(outcome: Outcome, judgement: Judgement, language: Language): Record<OutputColumn, string> {
  const cells = renderCells(OUTPUT_COLUMNS, { outcome, judgement }, language);
  return Object.fromEntries(OUTPUT_COLUMNS.map((column, index) => [column, cells[index] ?? ''])) as Record<
    OutputColumn,
    string
  >;
}
