import { CHINESE_NAMES } from '../toponym/chinese-names.ts';
import { EXONYMS } from '../toponym/exonyms.ts';
import { type Draft, nameKey, type PlaceFacts } from './draft.ts';
import { plainName } from './plain-name.ts';

/**
 * Adds the names of the tables of exonyms and of Chinese names to the places of a draft. Such a name means the biggest
 * place of its name in its subject (by population, then by postcodes); one that the draft lacks is passed over.
 */
export function addExonyms(draft: Draft): void {
  const biggest = new Map<string, Draft['places'][number]>();
  for (const place of draft.places) {
    const rival = biggest.get(nameKey(place.facts));
    if (rival === undefined || isBigger(place.facts, rival.facts)) biggest.set(nameKey(place.facts), place);
  }
  for (const { name, subjectCode, aliases, former } of [...EXONYMS, ...CHINESE]) {
    const place = biggest.get(`${subjectCode} ${plainName(name)}`);
    if (place === undefined) continue;
    const exonyms = [
      ...aliases.map((text) => ({ text, kind: 'alias' as const })),
      ...former.map((text) => ({ text, kind: 'former' as const })),
    ];
    place.facts = { ...place.facts, otherNames: [...exonyms, ...place.facts.otherNames] };
  }
}

/** 市 is written onto the name, without a space between them. */
const CHINESE = CHINESE_NAMES.map(({ name, subjectCode, chinese }) => ({
  name,
  subjectCode,
  aliases: chinese.flatMap((text) => [text, `${text}市`]),
  former: [],
}));

function isBigger(a: PlaceFacts, b: PlaceFacts): boolean {
  const [left, right] = [a.population ?? 0, b.population ?? 0];
  return left > right || (left === right && a.postcodes.length > b.postcodes.length);
}
