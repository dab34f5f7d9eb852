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
 * Reads a country cell. Returns `ru` for Russia in its usual spellings, `fallback` for an empty cell, and otherwise
 * the cell in lower case, which no question is asked about.
 */
export function parseCountry(cell: string, fallback: string): string {
  const text = cell.normalize('NFKC').toLowerCase().replace(/[.]/g, '').replace(/\s+/g, ' ').trim();
  if (text === '') return fallback;
  return RUSSIA.has(text) ? 'ru' : text;
}
