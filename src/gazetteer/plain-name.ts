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

/** Settlement words that CDEK appends to a name: `Отрадное пос`, `Киевский пгт`. */
const TRAILING_TYPE =
  /\s+(?:пос|посёлок|поселок|п|пгт|рп|р\.п|с|село|д|дер|деревня|х|хутор|ст|ст-ца|станица|мкр|г)\.?$/iu;
const LEADING_TYPE = /^(?:пос|пгт|рп|дер|д|с|х|г|ст-ца|мкр)\.\s*/iu;
const BRACKETS = /\s*\([^()]*\)/gu;

/** The name without settlement words and brackets, when that is another one: `Киевский пгт` gives `Киевский`. */
export function otherForms(name: string): readonly string[] {
  const bare = name.replace(BRACKETS, '').replace(TRAILING_TYPE, '').replace(LEADING_TYPE, '').trim();
  return bare.length > 2 && bare !== name ? [bare] : [];
}
