import { MARKS, type RowBlock } from '../../csv/row-block.ts';
import type { Detector } from '../../detector/detector.ts';
import type { Tally } from '../tally.ts';
import { type AnswerSettings, answerQuestions, type OpenQuestion } from './answer-questions.ts';
import { collectedQuestions } from './collected-questions.ts';
import type { Enrichment } from './enrichment.ts';
import { knownQuestions } from './known-questions.ts';
import { countRows } from './row-kind.ts';
import { rowWriter } from './row-writer.ts';
import { sharedTable, tableMemory } from './shared-table.ts';
import { exactly, kept, questionFinder } from './written-question.ts';

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
  /** What another thread may answer blocks with that has an answerer of its own. */
  share(): SharedMeans;
  /** Answers a block whose every row has its answer at hand; undefined for any other, which is to be asked row by row. */
  answer(block: RowBlock): AnsweredBlock | undefined;
  /** Takes back the bytes of an answered block, once they are written, or some that another answerer has shared. */
  takeBack(bytes: Uint8Array): void;
}

/** What threads that answer blocks have in common. */
export interface SharedMeans {
  /** Where what was remembered stands: another one as soon as it is full. */
  readonly memory: SharedArrayBuffer;
  /** Bytes to write into, which are gone from here; undefined where none are left over. */
  readonly spare: Uint8Array | undefined;
}

/**
 * Answers blocks as `enrich` and `rowRenderer` would answer and write their rows, but does the work once for rows that
 * ask the same: the record is copied as it stands, and what is added to it is remembered by the cells of its question.
 */
export function answerBlocks(detector: Detector, settings: AnswerSettings, given?: SharedArrayBuffer): BlockAnswerer {
  const { columns, layout, newCollector } = settings;
  const questionOf = questionFinder(columns, layout.dialect.delimiter);
  const writer = rowWriter();
  let memory = begin(given ?? tableMemory());

  function begin(buffer: SharedArrayBuffer) {
    const table = sharedTable(buffer);
    const remembered = knownQuestions(table, settings.rules.limitOf);
    const known = newCollector === undefined ? remembered : collectedQuestions(remembered);
    return { table, known, answer: answerQuestions(detector, known, settings) };
  }

  /** Goes on in other memory where its own is full: whoever was given that is then given the other one, too. */
  function makeRoom(): void {
    if (given === undefined && memory.table.isFull()) memory = begin(tableMemory());
  }

  /** What came of each row of a block, and their questions; undefined where one of them has to be asked. */
  function recall(bytes: Buffer, { marks, length }: RowBlock) {
    const rows = new Array<Enrichment>(length);
    const amounts = new Array<number | undefined>(length);
    const open = new Map<string, AskingRows>();
    const { known } = memory;
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
      if (same === undefined)
        open.set(exact, { question: kept(question), cells: questionOf.cells(bytes), rows: [row] });
      else same.rows.push(row);
    }
    if (open.size > 0 && !answerOpen([...open.values()], rows)) return undefined;
    return { rows, amounts };
  }

  /** Answers the rows that are not remembered; returns whether all of them were at hand. */
  function answerOpen(open: readonly AskingRows[], rows: Enrichment[]): boolean {
    let isWhole = true;
    for (const [index, found] of memory.answer(open).entries()) {
      if (found === undefined) isWhole = false;
      else for (const row of open[index]?.rows ?? []) rows[row] = found;
    }
    return isWhole;
  }

  function collected({ marks }: RowBlock, rows: readonly Enrichment[], amounts: readonly (number | undefined)[]) {
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
    share() {
      // With many threads it may be long until this one answers a block itself.
      makeRoom();
      return { memory: memory.table.memory, spare: writer.giveAway() };
    },
    answer(block) {
      makeRoom();
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
interface AskingRows extends OpenQuestion {
  readonly rows: number[];
}
