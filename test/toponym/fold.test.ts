import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import * as iuliia from 'iuliia';
import { describe, expect, it } from 'vitest';
import { fold, foldings } from '../../src/toponym/fold.ts';

const spellings: readonly { name: string; spelling: string; habit: string }[] = parse(
  readFileSync(new URL('../../fixtures/cases/fold.csv', import.meta.url)),
  { columns: true },
);
const apart: readonly { one: string; other: string }[] = parse(
  readFileSync(new URL('../../fixtures/cases/fold-apart.csv', import.meta.url)),
  { columns: true },
);

/** Every reading of a text of several words. */
function readings(text: string): readonly string[] {
  return text
    .split(/[\s-]+/)
    .map(foldings)
    .reduce((sofar, next) => sofar.flatMap((head) => next.map((tail) => head + tail)), ['']);
}

describe('fold', () => {
  it.each(spellings)('$name and $spelling meet ($habit)', ({ name, spelling }) => {
    expect(readings(spelling)).toContain(fold(name));
  });

  it.each(apart)('$one and $other stay apart', ({ one, other }) => {
    expect(fold(one)).not.toBe(fold(other));
    expect(readings(other)).not.toContain(fold(one));
  });

  it('meets every scheme of iuliia', () => {
    const schemes = iuliia.Schemas.values();
    for (const name of new Set(spellings.map((line) => line.name))) {
      for (const scheme of schemes) expect(readings(iuliia.translate(name, scheme)), name).toContain(fold(name));
    }
  });

  it('gives a string for any text, the same for any case of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(typeof fold(text)).toBe('string');
        expect(fold(fold(text))).toBeTypeOf('string');
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcdeghijkostuvwxyzабвежйкцчшщьыэюя -') }), (text) => {
        expect(fold(text.toUpperCase())).toBe(fold(text));
      }),
    );
  });

  it('reads a word in a bounded number of ways', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('ch', 'sch', 'x', 'j', 'c', 'z', 'oe', 'sz', 'a') }), (word) => {
        expect(foldings(word).length).toBeLessThanOrEqual(12);
      }),
    );
  });
});
