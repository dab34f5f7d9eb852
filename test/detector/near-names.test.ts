import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearNames } from '../../src/detector/local/near-names.ts';
import { type PlaceIndex, placeIndex } from '../../src/detector/local/place-index.ts';
import { builtinGazetteerFile } from '../../src/gazetteer/builtin-file.ts';
import type { Place } from '../../src/gazetteer/gazetteer.ts';
import { openGazetteer } from '../../src/gazetteer/sqlite-gazetteer.ts';

const { around } = openGazetteer(builtinGazetteerFile()).candidates('675000');

/** An index of its own, about which nothing is remembered. */
function freshIndex(places: readonly Place[] = around): PlaceIndex {
  return placeIndex([...places]);
}

function told(folded: string, index: PlaceIndex, ceiling?: number) {
  return nearNames(folded, index, ceiling).map(({ entry, cost }) => [entry.folded, entry.place.id, cost]);
}

const names = around.flatMap((place) => place.names.map(({ folded }) => folded));
const misspelt = fc
  .tuple(fc.constantFrom(...names), fc.nat(20), fc.constantFrom('', 'a', 'i', 'q'))
  .map(([name, at, letter]) => name.slice(0, at) + letter + name.slice(at + 1));

describe('names that are spelled nearly so', () => {
  it('are the same when asked again, and in an index that has never been asked', () => {
    const used = freshIndex();
    fc.assert(
      fc.property(misspelt, (folded) => {
        const found = told(folded, used);
        expect(told(folded, used)).toEqual(found);
        expect(told(folded, freshIndex())).toEqual(found);
      }),
    );
    expect(told(names[0] ?? '', used).length).toBeGreaterThan(0);
  });

  it('with a ceiling are those that cost no more, whatever is remembered', () => {
    const used = freshIndex();
    fc.assert(
      fc.property(misspelt, fc.double({ min: 0, max: 3, noNaN: true }), (folded, ceiling) => {
        const cheap = told(folded, used, ceiling);
        expect(cheap).toEqual(told(folded, used).filter(([, , cost]) => Number(cost) <= ceiling));
        expect(told(folded, used, ceiling)).toEqual(cheap);
      }),
    );
  });

  it('are the same after more words than are remembered', () => {
    const small = freshIndex(around.slice(0, 1));
    const name = around[0]?.names[0]?.folded ?? '';
    const before = told(name, small);
    for (let word = 0; word < 60_000; word += 1) nearNames(`zz${word}`, small);
    expect(told(name, small)).toEqual(before);
  });
});
