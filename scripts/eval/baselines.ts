import Fuse from 'fuse.js';
import { token_set_ratio } from 'fuzzball';
import { translate, WIKIPEDIA } from 'iuliia';
import type { Gazetteer, Place } from '../../src/gazetteer/gazetteer.ts';
import type { Guess, Guesser } from './score.ts';

/** The ways one would otherwise glue together, over the same candidates: the places of the postcode. */
export function baselines(gazetteer: Gazetteer): readonly { readonly by: string; readonly guess: Guesser }[] {
  return [
    { by: 'skeleton + Levenshtein', guess: best(gazetteer, skeletonSimilarity, 0.8) },
    {
      by: 'fuzzball token_set_ratio',
      guess: best(gazetteer, (address, name) => token_set_ratio(address, name) / 100, 0.8),
    },
    { by: 'Fuse.js', guess: fuseGuesser(gazetteer) },
  ];
}

type Similarity = (address: string, name: string) => number;

function best(gazetteer: Gazetteer, similarity: Similarity, threshold: number): Guesser {
  return (postcode, address) => {
    let found: Place | undefined;
    let highest = threshold;
    for (const place of gazetteer.candidates(postcode).owners) {
      const reached = similarity(address, romanized(place));
      if (reached < highest || (reached === highest && found !== undefined)) continue;
      highest = reached;
      found = place;
    }
    return guessed(found);
  };
}

function fuseGuesser(gazetteer: Gazetteer): Guesser {
  return (postcode, address) => {
    const owners = gazetteer.candidates(postcode).owners;
    const words = new Fuse(address.split(/[\s,]+/), { threshold: 0.3, includeScore: true });
    let found: Place | undefined;
    let lowest = 0.3;
    for (const place of owners) {
      const reached = words.search(romanized(place))[0]?.score ?? 1;
      if (reached >= lowest) continue;
      lowest = reached;
      found = place;
    }
    return guessed(found);
  };
}

function guessed(place: Place | undefined): Guess {
  return place === undefined ? { kind: 'none' } : { kind: 'one', code: place.cityCode, name: place.name };
}

const romanizations = new Map<string, string>();

function romanized(place: Place): string {
  const known = romanizations.get(place.name);
  if (known !== undefined) return known;
  const text = translate(place.name, WIKIPEDIA);
  romanizations.set(place.name, text);
  return text;
}

/** Consonants only, compared with every part of the address between commas and every word. */
function skeletonSimilarity(address: string, name: string): number {
  const wanted = skeleton(name);
  const parts = [...address.split(','), ...address.split(/[\s,]+/)].map(skeleton);
  let highest = 0;
  for (const part of parts) {
    const longest = Math.max(part.length, wanted.length);
    if (longest > 0) highest = Math.max(highest, 1 - levenshtein(part, wanted) / longest);
  }
  return highest;
}

function skeleton(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/[aeiouyj]/g, '')
    .replace(/(.)\1+/g, '$1');
}

function levenshtein(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
