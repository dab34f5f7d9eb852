import type { Outcome } from '../../address/outcome.ts';
import type { AddressQuery } from '../../address/query.ts';
import { type RowQuestion, toRowQuestion } from '../../address/row-question.ts';
import { queryCells } from '../../columns/query-cells.ts';
import type { Detector } from '../../detector/detector.ts';
import { addedLines } from '../added-lines.ts';
import type { Collector } from '../collector.ts';
import type { Layout } from '../render-rows.ts';
import { judgedRow, ofRow, type RowSettings } from '../row-judgement.ts';
import type { Enrichment } from './enrichment.ts';
import type { KnownQuestions } from './known-questions.ts';
import type { WrittenQuestion } from './written-question.ts';

export interface AnswerSettings extends Pick<RowSettings, 'columns' | 'defaults' | 'rules'> {
  /** Of an output that copies the records as they stand, in UTF-8. */
  readonly layout: Pick<Layout, 'dialect' | 'fields' | 'language'>;
  /** Makes a collector for the rows of a block; undefined where nothing is told of them but the counts. */
  readonly newCollector: (() => Collector) | undefined;
}

/** One of which nothing is known yet. */
export interface OpenQuestion {
  readonly question: WrittenQuestion;
  /** Those of its question, read. */
  readonly cells: readonly string[];
}

/**
 * Answers questions, and makes them known with what their rows are enriched with; undefined for one that has to be asked,
 * and for one for which no room is left where they are kept.
 */
export function answerQuestions(
  detector: Detector,
  known: KnownQuestions,
  { columns, defaults, rules, layout, newCollector }: AnswerSettings,
): (open: readonly OpenQuestion[]) => readonly (Enrichment | undefined)[] {
  const { delimiter, eol } = layout.dialect;
  const added = addedLines({ ...layout, delimiter });
  const asked = { ...defaults, isSettled: detector.isSettled };

  /** Of answers that no other question has had. */
  function make(fresh: readonly ReturnType<typeof judgedRow>[]): readonly (Enrichment | undefined)[] {
    const lines = added(fresh);
    return fresh.map((judged, index) => {
      const enrichment = known.enrichments.of(`${delimiter}${lines[index]}${eol}`, known.kinds.of(judged));
      return enrichment && newCollector ? { ...enrichment, judged } : enrichment;
    });
  }

  /** Of questions that are known with another amount, of cells that make none, and of what the detector recalls. */
  function outcomesOf(
    questions: readonly RowQuestion[],
    open: readonly OpenQuestion[],
  ): readonly (Outcome | undefined)[] {
    const found = questions.map(({ query }, index) => {
      if ('kind' in query) return query;
      return open[index] && known.answerTo(open[index].question);
    });
    const missing = questions.flatMap(({ query }, index): AddressQuery[] =>
      'kind' in query || found[index] !== undefined ? [] : [query],
    );
    const recalled = detector.recall(missing).values();
    return found.map((outcome) => outcome ?? recalled.next().value);
  }

  return (open) => {
    const questions = open.map(({ cells }) => toRowQuestion(queryCells(cells, columns), asked));
    const outcomes = outcomesOf(questions, open);
    const places = open.map(({ question }, index) => {
      const outcome = outcomes[index];
      return outcome && known.place(question, outcome, ofRow(outcome, questions[index] ?? {}) !== outcome);
    });
    const fresh = questions.flatMap((question, index) => {
      const outcome = outcomes[index];
      const isFresh = outcome !== undefined && places[index]?.enrichment === undefined;
      return isFresh ? [judgedRow(question, outcome, rules)] : [];
    });
    const made = make(fresh).values();
    return places.map((place) => {
      const enrichment = place && (place.enrichment ?? made.next().value);
      if (enrichment !== undefined) place?.keep(enrichment);
      return enrichment;
    });
  };
}
