/** Ways of writing Russia in a country cell, folded to lower case without dots. */
const RUSSIA = new Set([
  'ru',
  'rus',
  '643',
  'russia',
  'russian federation',
  'the russian federation',
  'россия',
  'рф',
  'российская федерация',
  'rossiya',
  'rossija',
  'rossia',
  'rf',
  '俄罗斯',
  '俄罗斯联邦',
  '俄国',
]);

/**
 * Reads a country cell; `fallback` stands in for an empty one. Returns `ru` for Russia in its usual spellings, and
 * otherwise the text in lower case, which no question is asked about.
 */
export function parseCountry(cell: string, fallback: string): string {
  if (RUSSIA.has(cell === '' ? fallback : cell)) return 'ru';
  const text = plain(cell) || plain(fallback);
  return RUSSIA.has(text) ? 'ru' : text;
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[.\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
