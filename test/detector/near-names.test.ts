import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NearNames, nearNames, remembersNear } from '../../src/detector/local/near-names.ts';
import { placeIndex } from '../../src/detector/local/place-index.ts';
import { builtinGazetteerFile } from '../../src/gazetteer/builtin-file.ts';
import { openGazetteer } from '../../src/gazetteer/sqlite-gazetteer.ts';

const { around } = openGazetteer(builtinGazetteerFile()).candidates('675000');

const index = placeIndex(around);

function told(look: NearNames, folded: string, ceiling?: number) {
  return look(folded, index, ceiling).map(({ entry, cost }) => [entry.folded, entry.place.id, cost]);
}

const names = around.flatMap((place) => place.names.map(({ folded }) => folded));
const misspelt = fc
  .tuple(fc.constantFrom(...names), fc.nat(20), fc.constantFrom('', 'a', 'i', 'q'))
  .map(([name, at, letter]) => name.slice(0, at) + letter + name.slice(at + 1));

describe('names that are spelled nearly so', () => {
  it('are the same when asked again, and where nothing is remembered', () => {
    const near = remembersNear();
    fc.assert(
      fc.property(misspelt, (folded) => {
        const found = told(near, folded);
        expect(told(near, folded)).toEqual(found);
        expect(told(nearNames, folded)).toEqual(found);
      }),
    );
    expect(told(near, names[0] ?? '').length).toBeGreaterThan(0);
  });

  it('with a ceiling are those that cost no more, whatever is remembered', () => {
    const near = remembersNear();
    fc.assert(
      fc.property(misspelt, fc.double({ min: 0, max: 3, noNaN: true }), (folded, ceiling) => {
        const cheap = told(near, folded, ceiling);
        expect(cheap).toEqual(told(near, folded).filter(([, , cost]) => Number(cost) <= ceiling));
        expect(told(near, folded, ceiling)).toEqual(cheap);
      }),
    );
  });

  it('are the same after more words than are remembered', () => {
    const near = remembersNear();
    const name = names[0] ?? '';
    const before = told(near, name);
    const small = placeIndex(around.slice(0, 1));
    for (let word = 0; word < 60_000; word += 1) near(`zz${word}`, small);
    expect(told(near, name)).toEqual(before);
  });
});
