import type { Language } from '../languages.ts';
import type { RenderedAnswer } from './answer.ts';
import type { QuestionBody } from './question.ts';

/** Answers that were given before, for a detector whose answers never change while it is open. */
export interface RememberedAnswers {
  get(key: string): RenderedAnswer | undefined;
  set(key: string, answer: RenderedAnswer): void;
}

/**
 * Remembers `most` answers at the least and twice as many at the most: when the younger half is full it becomes the older
 * one, and what of that is asked again is young again.
 */
export function rememberedAnswers(most: number): RememberedAnswers {
  let young = new Map<string, RenderedAnswer>();
  let old = new Map<string, RenderedAnswer>();

  function set(key: string, answer: RenderedAnswer): void {
    if (young.size >= most) {
      old = young;
      young = new Map();
    }
    young.set(key, answer);
  }

  return {
    get(key) {
      const recent = young.get(key);
      if (recent !== undefined) return recent;
      const known = old.get(key);
      if (known !== undefined) set(key, known);
      return known;
    },
    set,
  };
}

/**
 * What a body is remembered by; undefined for one that is not, because it is unusual. All but the amount and the address,
 * which comes last, have a fixed width, so that two questions never have one key.
 */
export function answerKey(language: Language, body: QuestionBody): string | undefined {
  const { address, postcode, cod_rub = 0, fias_only, country_code = null } = body;
  if (typeof address !== 'string' || typeof cod_rub !== 'number') return undefined;
  if (typeof postcode !== 'string' || postcode.length !== 6) return undefined;
  if (country_code !== null && country_code !== 'ru') return undefined;
  const country = country_code === null ? '-' : 'r';
  const only = fias_only === true ? 'y' : fias_only === false ? 'n' : '-';
  return `${language}${only}${country}${postcode}${cod_rub}|${address}`;
}
