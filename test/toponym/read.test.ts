import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress } from '../../src/toponym/read.ts';
import type { Surrounding } from '../../src/toponym/streets.ts';
import { MOST_TOKENS } from '../../src/toponym/tokens.ts';

type Line = Readonly<Record<'address' | 'settlement' | 'street' | 'region' | 'district', string>>;
const lines: readonly Line[] = parse(readFileSync(new URL('../../fixtures/cases/reading.csv', import.meta.url)), {
  columns: true,
});

/** Folded words in a surrounding, role words like ul. and oblast left out unless they are part of the region. */
function wordsIn(address: string, surrounding: Surrounding): string {
  const { tokens, surroundings } = readAddress(address);
  return tokens
    .filter((_, at) => surroundings[at] === surrounding)
    .map((token) => token.folded)
    .join(' ');
}

describe('an address is read', () => {
  it.each(lines)('$address', ({ address, settlement, street, region, district }) => {
    expect(wordsIn(address, 'settlement')).toBe(settlement);
    expect(wordsIn(address, 'street')).toBe(street);
    expect(wordsIn(address, 'region')).toBe(region);
    expect(wordsIn(address, 'district')).toBe(district);
  });

  it('in any case and script alike', () => {
    const latin = readAddress('g. Kazan, ul. Lenina 5').surroundings;
    expect(readAddress('G. KAZAN, UL. LENINA 5').surroundings).toEqual(latin);
    expect(readAddress('г. Казань, ул. Ленина 5').surroundings).toEqual(latin);
  });

  it('with the federal subjects it names', () => {
    const codes = (address: string) => [...new Set(readAddress(address).subjects.map(({ code }) => code))];
    expect(codes('Moscow region, Khimki')).toEqual(['50']);
    expect(codes('Moscow, Tverskaya 1')).toEqual([]);
    expect(codes('Sakha (Yakutia) Republic, Mirny')).toEqual(['14']);
    expect(codes('KhMAO - Yugra, Surgut')).toEqual(['86']);
    expect(codes('ul. Tatarstan 5, Kazan')).toEqual([]);
  });

  it('with the postcodes it holds', () => {
    expect(readAddress('630099 Novosibirsk, tel 79130000000').postcodes).toEqual(['630099']);
  });

  it('in bounded length', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('ul', ' ', 'Novaya', '-', '5', ',', 'г.')), (words) => {
        const { tokens, surroundings } = readAddress(words.join('').repeat(50));
        expect(tokens.length).toBeLessThanOrEqual(MOST_TOKENS);
        expect(surroundings.length).toBe(tokens.length);
      }),
    );
  });
});
