import type { Enrichment } from './enrichment.ts';
import type { KnownQuestions, Place } from './known-questions.ts';
import { exactly, type WrittenQuestion } from './written-question.ts';

/** What is held at the most: each has its question and judgement. */
const MOST_HELD = 70_000;

/**
 * Known questions together with what is collected of their rows, which is known only where they were answered: one that
 * another thread answered is answered here once more.
 */
export function collectedQuestions(known: KnownQuestions): KnownQuestions {
  const own = new Map<string, Enrichment>();

  function keep(asked: WrittenQuestion, enrichment: Enrichment): void {
    if (own.size >= MOST_HELD) own.clear();
    own.set(keyOf(asked, enrichment), enrichment);
  }

  return {
    ...known,
    get(asked) {
      const enrichment = known.get(asked);
      return enrichment && own.get(keyOf(asked, enrichment));
    },
    place(asked, answer, isOwn): Place {
      const place = known.place(asked, answer, isOwn);
      return {
        enrichment: place.enrichment && own.get(keyOf(asked, place.enrichment)),
        keep(made) {
          place.keep(made);
          keep(asked, made);
        },
      };
    },
  };
}

/** What is collected of rows that ask the same and are written and counted alike differs by no more than a plain amount. */
function keyOf(asked: WrittenQuestion, { entry }: Enrichment): string {
  const { bytes, start, end, amount } = asked;
  return `${entry}|${amount === undefined ? exactly(asked) : bytes.toString('latin1', start, end)}`;
}
