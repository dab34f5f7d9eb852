/** Which of GeoNames' alternate names is the Russian one: they carry no language tags. */

/** Letters of the Russian alphabet alone: і, ї, ў, ј and the like give other languages away. */
const RUSSIAN = /^[А-ЯЁ][А-Яа-яЁё]*(?:[ .-]+[А-Яа-яЁё]+)*$/u;
/**
 * Letter groups of other spellings: Bulgarian (Мешчовск), Ukrainian (Гороховець), Old East Slavic (Смоленьскъ) and
 * Caucasian (Майкъоп).
 */
const NOT_RUSSIAN = /шч|ськ|цьк|зьк|[мн]ьск|(?<!б)рьск|мьн|ець(?:[ -]|$)|ъ(?![еёюя])/iu;

/** BGN/PCGN romanization, the scheme of GeoNames' own names; ь and ъ are left out, е is treated in `romanized`. */
const BGN: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n' },
  ...{ о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch' },
  ...{ ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' },
};

/** Could this alternate name be Russian, by its letters? */
export function looksRussian(name: string): boolean {
  return RUSSIAN.test(name) && !NOT_RUSSIAN.test(name);
}

/**
 * The alternate name whose BGN/PCGN romanization is nearest `own`, GeoNames' own name of the place; among equals the
 * one with a soft sign, a hyphen, ё or a final й, which other languages drop, and then the shorter one, as they write
 * тс for ц and шч for щ. Undefined when no alternate looks Russian.
 */
export function russianName(own: string, alternates: readonly string[]): string | undefined {
  const target = plainLatin(own);
  let best: { readonly name: string; readonly score: number } | undefined;
  for (const name of alternates.filter(looksRussian)) {
    const marks = name.match(/[ьъё-]|й(?= |-|$)/gu)?.length ?? 0;
    const score = distance(target, plainLatin(romanized(name))) - 0.1 * marks + 0.01 * name.length;
    if (best === undefined || score < best.score) best = { name, score };
  }
  return best?.name;
}

function romanized(name: string): string {
  return name
    .toLowerCase()
    .replace(/(^|[ аеёиоуыэюяйьъ-])е/gu, '$1ye')
    .replace(/(^|[ аеёиоуыэюяйьъ-])е/gu, '$1ye')
    .replace(/(^|[ аеёиоуыэюяйьъ-])ё/gu, '$1ye')
    .replace(/[её]/gu, 'e')
    .replace(/[а-я]/gu, (letter) => BGN[letter] ?? letter);
}

function plainLatin(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[iy]?y(?= |-|$)/g, 'y')
    .replace(/[^a-z]/g, '');
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substituted, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
