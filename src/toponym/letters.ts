/**
 * The tables of the fold. Every spelling becomes a row of *sounds*, one ASCII letter each:
 * vowels `a e o u i`; consonants as in English, but `h` = х, `c` = ц, `q` = ч, `w` = ш and щ, `j` = ж.
 * и, ы and й are one sound `i`; я, ю, ё are `ia`, `iu`, `io` until the rules of fold.ts have looked at them.
 * Sources: BGN/PCGN 1947, GOST 7.79-2000 A and B, GOST 16876-71, GOST R 52535.1-2006, ISO 9:1995, ALA-LC 1997, ICAO
 * Doc 9303, MVD 310-1997 and 782-2000, telegraph rules, UNGEGN 1987; national habits are marked in the line.
 */

/** Cyrillic letter → sounds. */
export const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'io',
  ж: 'j',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'q',
  ш: 'w',
  щ: 'w',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
  // Ukrainian, Belarusian
  і: 'i',
  ї: 'i',
  є: 'e',
  ґ: 'g',
  ў: 'u',
  // Tatar, Bashkir, Chuvash, Yakut, Tuvan, Buryat, Komi
  ә: 'a',
  ө: 'o',
  ү: 'u',
  җ: 'j',
  ң: 'n',
  һ: 'h',
  ғ: 'g',
  қ: 'k',
  ҡ: 'k',
  ҙ: 'z',
  ҫ: 's',
  ӑ: 'a',
  ӗ: 'e',
  ӳ: 'u',
  ҥ: 'n',
  ҕ: 'g',
  ӧ: 'o',
  ҷ: 'q',
  ӏ: '',
  // Macedonian, Serbian
  ј: 'i',
  љ: 'l',
  њ: 'n',
  ѓ: 'g',
  ќ: 'k',
  ѕ: 'z',
  џ: 'j',
  ћ: 'q',
  ђ: 'j',
};

/** Latin letter outside a–z → a–z, as a romanization means it. What is not listed loses its marks by decomposition. */
export const DIACRITICS: Readonly<Record<string, string>> = {
  š: 'sh',
  č: 'ch',
  ž: 'zh',
  ŝ: 'shch', // ISO 9
  ŷ: 'y',
  â: 'ya', // ISO 9 я
  û: 'yu', // ISO 9 ю
  ë: 'yo',
  ě: 'e',
  ĭ: 'y',
  ĳ: 'y',
  ü: 'yu', // German, Turkish: Tümen
  ö: 'o',
  ä: 'ya', // Finnish
  ż: 'zh', // Polish
  ł: 'l',
  ć: 'ch',
  ç: 'ch', // Turkish
  ş: 'sh',
  ș: 'sh', // Romanian
  ț: 'ts',
  ţ: 'ts',
  ğ: 'g',
  ı: 'i',
  ő: 'o',
  ű: 'u',
  ø: 'o',
  æ: 'e',
  œ: 'e',
  ß: 'ss',
  đ: 'd',
  ð: 'd',
  ŭ: 'u',
  ǆ: 'dzh',
};

/** Cyrillic letter that looks like a Latin one → that one, for words that mix the scripts. `ё` stands in ALA-LC texts. */
export const CYRILLIC_LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  ё: 'yo',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
};

/** Latin letter that looks like a Cyrillic one → that one. */
export const LATIN_LOOKALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  e: 'е',
  k: 'к',
  m: 'м',
  h: 'н',
  o: 'о',
  p: 'р',
  c: 'с',
  t: 'т',
  y: 'у',
  x: 'х',
  i: 'і',
};

/**
 * Latin letters → their readings in sounds, the likeliest first. The first makes the fold; the others are tried when
 * the first finds nothing. Longer spellings win over shorter ones.
 */
export const GRAPHEMES: Readonly<Record<string, readonly string[]>> = {
  // ш and щ
  sh: ['w', 'sh'], // сх in ISO 9: Voshod
  shh: ['w'], // GOST 16876 щ
  shch: ['w'],
  shsh: ['w'],
  sch: ['w', 'j', 'sh'], // German ш and ж; щ in Moscow's metro; German сх: Woschod
  schtsch: ['w'], // German щ
  schch: ['w'],
  stsch: ['w'], // German щ
  chtch: ['w'], // French щ
  sjtsj: ['w'], // Dutch щ
  szcz: ['w'], // Polish щ
  sz: ['w', 'sz', 's'], // Polish ш, Hungarian с
  sj: ['si', 'w'], // Dutch ш
  szh: ['sj'],
  sc: ['sc', 'w', 'sk'], // telegraph щ
  // ч
  ch: ['q', 'w', 'h'], // French ш; German, Polish, Czech х
  tch: ['q'], // French
  tsch: ['q'], // German
  tsh: ['q'],
  tsj: ['q'], // Dutch
  cs: ['ks', 'q'], // Hungarian ч
  cz: ['c', 'q'], // GOST 7.79 B ц; Polish ч
  // ж
  zh: ['j'],
  zj: ['zi', 'j'], // Dutch
  dzh: ['dj'],
  dsch: ['dj'], // German
  dj: ['di', 'dj'], // French дж
  j: ['i', 'j'], // French and telegraph ж
  rz: ['rz', 'j'], // Polish
  rzh: ['rj'],
  // ц
  ts: ['c'],
  tz: ['c'],
  tc: ['c'], // GOST R 52535.1
  c: ['c', 'k', 'q'], // Moscow, Crasnodar; č that lost its mark
  cc: ['k', 'c'],
  ck: ['ck', 'k', 'sk'], // цк: Doneck; shop: Blagoveshchenck
  z: ['z', 'c'], // German ц: Zimljansk
  // х, г, к, кс
  kh: ['h'],
  h: ['h'],
  gh: ['g'],
  gue: ['gue', 'ge'], // French, Spanish, Portuguese
  gui: ['gui', 'gi'],
  x: ['ks', 'h'], // GOST 7.79 B, scientific х
  q: ['k'],
  qu: ['kv'],
  // the others
  ph: ['f'],
  th: ['t'],
  w: ['v'],
  y: ['i'],
  ieia: ['ia'], // ICAO ъ
  ieiu: ['iu'],
  ieie: ['e'],
  iee: ['e'],
  ou: ['u'], // French
  oe: ['oe', 'u'], // Dutch
  oo: ['oo', 'u'], // English
};
