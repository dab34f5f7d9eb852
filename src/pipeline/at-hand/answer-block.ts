import type { ColumnMap } from '../../columns/roles.ts';
import { MARKS, type RowBlock } from '../../csv/row-block.ts';
import type { Detector } from '../../detector/detector.ts';
import type { Tally } from '../tally.ts';
import { amountReader } from './amounts.ts';
import { type AnswerSettings, answerRows, type OpenRow } from './answer-rows.ts';
import type { AnsweredRow } from './answered-row.ts';
import { cellFinder } from './cell-spans.ts';
import { countRows } from './counted-alike.ts';
import { exactly, rememberedRows, type WrittenQuestion } from './remembered-rows.ts';
import { rowWriter } from './row-writer.ts';

/** The rows of a block, answered and ready to be written. */
export interface AnsweredBlock {
  readonly bytes: Uint8Array;
  /** How many rows. */
  readonly length: number;
  /** What they took of the input. */
  readonly inputBytes: number;
  readonly tally: Tally;
  /** What a collector saved of them; undefined where nothing is collected. */
  readonly collected: unknown;
}

export interface BlockAnswerer {
  /** Answers a block whose every row has its answer at hand; undefined for any other, which is to be asked row by row. */
  answer(block: RowBlock): AnsweredBlock | undefined;
  /** Takes back the bytes of an answered block, once they are written. */
  takeBack(bytes: Uint8Array): void;
}

/**
 * Answers blocks as `enrich` and `rowRenderer` would answer and write their rows, but does the work once for rows that
 * ask the same: the record is copied as it stands, and what is added to it is remembered by the cells of its question.
 */
export function answerBlocks(detector: Detector, settings: AnswerSettings): BlockAnswerer {
  const { columns, layout, newCollector } = settings;
  const questionOf = questionFinder(columns, layout.dialect.delimiter);
  const known = rememberedRows(settings.rules.limitOf, newCollector !== undefined);
  const answer = answerRows(detector, known, settings);
  const writer = rowWriter();

  /** What came of each row of a block, and their questions; undefined where one of them has to be asked. */
  function recall(bytes: Buffer, { marks, length }: RowBlock) {
    const rows = new Array<AnsweredRow>(length);
    const amounts = new Array<number | undefined>(length);
    const open = new Map<string, OpenRows>();
    for (let row = 0; row < length; row += 1) {
      const question = questionOf.find(bytes, marks[row * MARKS] ?? 0, marks[row * MARKS + 1] ?? 0);
      amounts[row] = question.amount;
      const found = known.get(question);
      if (found !== undefined) {
        rows[row] = found;
        continue;
      }
      const exact = exactly(question);
      const same = open.get(exact);
      if (same === undefined) open.set(exact, { question, cells: questionOf.cells(bytes), rows: [row] });
      else same.rows.push(row);
    }
    if (open.size > 0 && !answerOpen([...open.values()], rows)) return undefined;
    return { rows, amounts };
  }

  /** Answers the rows that are not remembered; returns whether all of them were at hand. */
  function answerOpen(open: readonly OpenRows[], rows: AnsweredRow[]): boolean {
    let isWhole = true;
    for (const [index, found] of answer(open).entries()) {
      if (found === undefined) isWhole = false;
      else for (const row of open[index]?.rows ?? []) rows[row] = found;
    }
    return isWhole;
  }

  function collected({ marks }: RowBlock, rows: readonly AnsweredRow[], amounts: readonly (number | undefined)[]) {
    const collector = newCollector?.();
    if (collector === undefined) return undefined;
    for (const [row, { judged }] of rows.entries()) {
      if (judged === undefined) continue;
      const query = judged.query && { ...judged.query, codRub: amounts[row] ?? judged.query.codRub };
      collector.add({ ...judged, query, row: { line: marks[row * MARKS + 2] ?? 0 } });
    }
    return collector.save();
  }

  return {
    answer(block) {
      const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.byteLength);
      const found = recall(bytes, block);
      if (found === undefined) return undefined;
      const { rows, amounts } = found;
      return {
        ...writer.write(bytes, block, rows),
        length: block.length,
        tally: countRows(rows),
        collected: collected(block, rows, amounts),
      };
    },
    takeBack: writer.takeBack,
  };
}

/** Rows of a block that ask the same with the same amount. */
interface OpenRows extends OpenRow {
  readonly rows: number[];
}

/** Finds the cells that make a record's question. */
function questionFinder({ postcode, address, cod, country, codRule }: ColumnMap, delimiter: string) {
  const isColumn = (column: number | undefined) => column !== undefined;
  // With a rule the amount is only a part of what is collected.
  const amountOf = codRule === undefined && cod !== undefined ? cod : undefined;
  const kept = [postcode, ...address, country, codRule && cod, codRule?.payment, codRule?.currency].filter(isColumn);
  const finder = cellFinder([...kept, ...(amountOf === undefined ? [] : [amountOf])], delimiter);
  const keyOf = finder.keyOf(kept);
  const read = amountReader();

  return {
    find(bytes: Buffer, start: number, end: number): WrittenQuestion {
      finder.find(bytes, start, end);
      const key = keyOf(bytes);
      if (codRule !== undefined) return { key, amount: undefined, written: '' };
      const digits = amountOf === undefined ? 0 : finder.digits(bytes, amountOf);
      if (digits !== undefined || amountOf === undefined) return { key, amount: digits, written: '' };
      const written = finder.written(bytes, amountOf);
      return { key, amount: read(written), written };
    },
    /** The cells of the record that was found last, read. */
    cells: finder.cells,
  };
}
