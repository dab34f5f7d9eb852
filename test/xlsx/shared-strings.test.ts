import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedStrings } from '../../src/xlsx/shared-strings.ts';

describe('the texts of a workbook', () => {
  it('are handed out by their number, and no other', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
        using strings = sharedStrings();
        for (const text of texts) strings.add(text);
        expect(texts.map((_, index) => strings.get(index))).toEqual(texts);
        for (const index of [-1, texts.length, 0.5, Number.NaN]) expect(strings.get(index)).toBeUndefined();
      }),
    );
  });

  it('are the same from the file into which they go when they are many, in any order', () => {
    const text = (index: number) => `${index} ${'улица Мира '.repeat(index % 40)}`;
    using strings = sharedStrings(1);
    for (let index = 0; index < 20_000; index += 1) strings.add(text(index));
    strings.add('я'.repeat(262_144));
    for (let index = 0; index < 20_000; index += 1) expect(strings.get(index)).toBe(text(index));
    for (let step = 0, index = 7; step < 20_000; step += 1, index = (index * 7919 + 13) % 20_000) {
      if (strings.get(index) !== text(index)) expect.fail(`text ${index} is another`);
    }
    expect(strings.get(20_000)).toHaveLength(262_144);
    expect(strings.get(20_001)).toBeUndefined();
  });

  it('leave nothing in the folder for temporary files', () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('gorod-texts-'));
    const strings = sharedStrings(0);
    for (let index = 0; index < 60_000; index += 1) strings.add('x'.repeat(50));
    strings[Symbol.dispose]();
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('gorod-texts-'))).toEqual(before);
  });
});
