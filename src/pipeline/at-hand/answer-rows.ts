import type { Outcome } from '../../address/outcome.ts';
import type { AddressQuery } from '../../address/query.ts';
import { type RowQuestion, toRowQuestion } from '../../address/row-question.ts';
import { queryCells } from '../../columns/query-cells.ts';
import type { Detector } from '../../detector/detector.ts';
import { addedLines } from '../added-lines.ts';
import type { Collector } from '../collector.ts';
import { type EnrichSettings, judgedRow } from '../enrich.ts';
import type { Layout } from '../render-rows.ts';
import { type AnsweredRow, sharedRows } from './answered-row.ts';
import { countedAlike } from './counted-alike.ts';

export interface AnswerSettings extends Pick<EnrichSettings, 'columns' | 'defaults' | 'rules'> {
  /** Of an output that copies the records as they stand, in UTF-8. */
  readonly layout: Pick<Layout, 'dialect' | 'fields' | 'language'>;
  /** Makes a collector for the rows of a block; undefined where nothing is told of them but the counts. */
  readonly newCollector: (() => Collector) | undefined;
}

/** Answers rows by the cells of their questions, with what came of each; undefined where one has to be asked. */
export function answerRows(detector: Detector, { columns, defaults, rules, layout, newCollector }: AnswerSettings) {
  const { delimiter, eol } = layout.dialect;
  const added = addedLines({ ...layout, delimiter });
  const shared = sharedRows();
  const countedAs = countedAlike();
  const asked = { ...defaults, isSettled: detector.isSettled };

  return (rows: readonly (readonly string[])[]) => {
    const questions = rows.map((cells) => toRowQuestion(queryCells(cells, columns), asked));
    const recalled = recallOutcomes(questions, detector);
    const answered = questions.flatMap((question, index) => {
      const outcome = recalled[index];
      return outcome === undefined ? [] : [{ index, ...judgedRow(question, outcome, rules) }];
    });
    const lines = added(answered);
    const result = new Array<{ readonly row: AnsweredRow; readonly outcome: Outcome } | undefined>(rows.length);
    for (const [position, { index, ...judged }] of answered.entries()) {
      const text = `${delimiter}${lines[position]}${eol}`;
      const row = shared(text, countedAs(judged));
      result[index] = { row: newCollector === undefined ? row : { ...row, judged }, outcome: judged.outcome };
    }
    return result;
  };
}

function recallOutcomes(questions: readonly RowQuestion[], detector: Detector): readonly (Outcome | undefined)[] {
  const queries = questions.flatMap(({ query }): AddressQuery[] => ('kind' in query ? [] : [query]));
  const recalled = detector.recall(queries).values();
  return questions.map(({ query }) => ('kind' in query ? query : recalled.next().value));
}
