/**
 * A name as registers agree on it: lower case, ё as е, one space between words, no punctuation. Stricter than the
 * fold: two names are the same name only when this is.
 */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();
}

/**
 * Abbreviated settlement words that CDEK appends to a name: `Отрадное пос`, `Киевский пгт`. Whole words may belong to
 * the name: `Новое Село`.
 */
const TRAILING_TYPE = /\s+(?:пос|п|пгт|рп|р\.п|с|д|дер|х|ст|ст-ца|мкр|г)\.?$/u;
const LEADING_TYPE = /^(?:пос|пгт|рп|дер|д|с|х|г|ст-ца|мкр)\.\s*/u;
const BRACKETS = /\s*\([^()]*\)/gu;

/** The name without settlement words and brackets, when that is another one: `Киевский пгт` gives `Киевский`. */
export function otherForms(name: string): readonly string[] {
  const bare = name.replace(BRACKETS, '').replace(TRAILING_TYPE, '').replace(LEADING_TYPE, '').trim();
  return bare.length > 2 && bare !== name ? [bare] : [];
}
