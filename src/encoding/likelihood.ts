import { hanziClass } from './hanzi.ts';

/**
 * Share of each letter in Russian texts, in per cent: O. N. Lyashevskaya, S. A. Sharov, "Chastotnyj slovar' sovremennogo
 * russkogo jazyka" (Moscow 2009), counted in the Russian National Corpus.
 */
const RUSSIAN_LETTERS: Readonly<Record<string, number>> = {
  ...{ о: 10.97, е: 8.45, а: 8.01, и: 7.35, н: 6.7, т: 6.26, с: 5.47, р: 4.73, в: 4.54, л: 4.4, к: 3.49, м: 3.21 },
  ...{ д: 2.98, п: 2.81, у: 2.62, я: 2.01, ы: 1.9, ь: 1.74, г: 1.7, з: 1.65, б: 1.59, ч: 1.44, й: 1.21, х: 0.97 },
  ...{ ж: 0.94, ш: 0.73, ю: 0.64, ц: 0.48, щ: 0.36, э: 0.32, ф: 0.26, ъ: 0.04, ё: 0.04 },
};

const RUSSIAN = new Map(Object.entries(RUSSIAN_LETTERS).map(([letter, share]) => [letter, Math.log(share / 100)]));

/** Logarithms of how likely a character is that is not ASCII, in a file of orders for Russia. */
const LIKELIHOOD = {
  /** A frequent hanzi is one of about 600 that make up two thirds of a text. */
  frequent: -6.8,
  'level one': -9.2,
  rare: -12,
  punctuation: -6.5,
  latin: -8,
  /** A letter of another script, which only Unicode texts hold. */
  foreign: -9,
  /** What no order holds: frames, private characters, controls, Serbian letters. */
  strange: -13,
} as const;

const PUNCTUATION = /[№«»–—“”„‘’…° •·₽€，。、：；！？（）【】《》　￥＃－＋０-９Ａ-Ｚａ-ｚ]/u;
const CYRILLIC_OF_OTHERS = /[ІіЇїЄєҐґЎў]/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;

/** What a text looks like. */
export interface Likelihood {
  /** Logarithm of the likelihood of all characters that are not ASCII. */
  readonly total: number;
  /** Characters that are not ASCII. */
  readonly counted: number;
  /** The same without marks such as №, which say little about the language. */
  readonly letters: { readonly total: number; readonly counted: number };
  /** How many of them are such as no order holds. */
  readonly strange: number;
}

const WORDS = /[A-Za-z]*[^\0-\x7f][A-Za-z\x80-\uffff]*/gu;

/** Judges the characters of a text that are not ASCII, and how they stand in words. */
export function likelihoodOf(text: string): Likelihood {
  let total = 0;
  let counted = 0;
  let strange = 0;
  const marks = { total: 0, counted: 0 };
  for (const [word] of text.matchAll(WORDS)) {
    let before = '';
    for (const character of word) {
      if (character > '\x7f') {
        const own = ownLikelihood(character);
        counted += 1;
        if (own <= LIKELIHOOD.strange) strange += 1;
        total += own;
        if (own === LIKELIHOOD.punctuation) {
          marks.total += own;
          marks.counted += 1;
        }
      }
      total += besides(before, character);
      before = character;
    }
  }
  return { total, counted, strange, letters: { total: total - marks.total, counted: counted - marks.counted } };
}

function ownLikelihood(character: string): number {
  const russian = RUSSIAN.get(character.toLowerCase());
  if (russian !== undefined) return russian;
  if (PUNCTUATION.test(character)) return LIKELIHOOD.punctuation;
  if (/\p{Script=Han}/u.test(character)) return LIKELIHOOD[hanziClass(character)];
  if (CYRILLIC_OF_OTHERS.test(character)) return LIKELIHOOD.latin;
  if (CYRILLIC.test(character)) return LIKELIHOOD.strange;
  if (/\p{Script=Latin}/u.test(character)) return LIKELIHOOD.latin;
  return /[\p{L}\p{M}\p{N}\p{Sc}\p{So}]/u.test(character) && !/[\u2500-\u259f]/u.test(character)
    ? LIKELIHOOD.foreign
    : LIKELIHOOD.strange;
}

const SMALL_INSIDE = Math.log(0.5);
const CAPITAL_INSIDE = -6;
const TWO_SCRIPTS = -5;

/** Words are small, Capital or CAPITALS, and of one script: letters of another encoding come out mixed. */
function besides(before: string, character: string): number {
  if (before === '') return 0;
  const cyrillic = CYRILLIC.test(character);
  const isAscii = /[A-Za-z]/.test(character);
  if ((cyrillic && /[A-Za-z]/.test(before)) || (isAscii && CYRILLIC.test(before))) return TWO_SCRIPTS;
  if (!cyrillic || !CYRILLIC.test(before)) return 0;
  const isSmall = character === character.toLowerCase();
  const wasSmall = before === before.toLowerCase();
  if (wasSmall) return isSmall ? 0 : CAPITAL_INSIDE;
  return SMALL_INSIDE;
}
