import { fold } from '../../toponym/fold.ts';
import { vocabularyWord } from '../../toponym/vocabulary.ts';

/**
 * A place's name without what a source wrote beside it to tell it from others: a remark in brackets, a settlement
 * word (`Вайялово д.`, `пос. Кутузовка`), a raion (`Никитская слобода Переславский р-н`).
 */
export function coreName(name: string): string {
  if (!/[\s(.]/.test(name)) return name;
  const words = name
    .replace(/\([^)]*\)?/g, ' ')
    .replace(/\s\S+\s+(?:р-н|р-он|район|с\/с|с\/п).*$/u, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  while (words.length > 1 && isSettlementWord(words.at(-1))) words.pop();
  while (words.length > 1 && isSettlementWord(words[0])) words.shift();
  // `19 Посёлок` is not 19: any house has a number.
  return words.some((word) => /\p{L}/u.test(word)) ? words.join(' ') : name;
}

/** Abbreviations and plain types only: `Слобода` and `Хутор` are often half of a name. */
function isSettlementWord(word: string | undefined): boolean {
  if (word === undefined) return false;
  const lower = word.toLowerCase().replace(/\.$/, '');
  if (
    ['им', 'имени', 'мкр', 'зато', 'рабочий', 'посёлок', 'поселок', 'поселение', 'станица', 'микрорайон'].includes(
      lower,
    )
  )
    return true;
  return lower.length <= 4 && vocabularyWord(fold(lower))?.role === 'settlement';
}
