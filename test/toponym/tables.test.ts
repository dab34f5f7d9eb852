import { describe, expect, it } from 'vitest';
import { CONFUSIONS } from '../../src/toponym/confusions.ts';
import { EXONYMS } from '../../src/toponym/exonyms.ts';
import { fold } from '../../src/toponym/fold.ts';
import { GRAPHEMES } from '../../src/toponym/letters.ts';
import { SUBJECT_NAMES } from '../../src/toponym/subject-names.ts';

describe('the tables', () => {
  it('state each place once, with names that its own name does not lead to', () => {
    const keys = EXONYMS.map(({ name, subjectCode }) => `${subjectCode} ${name}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { name, subjectCode, aliases, former } of EXONYMS) {
      expect(subjectCode, name).toMatch(/^\d\d$/);
      expect([...aliases, ...former].length, name).toBeGreaterThan(0);
      for (const other of [...aliases, ...former]) {
        expect(fold(other), `${name}: ${other}`).not.toBe(fold(name));
        expect(fold(other).length, `${name}: ${other}`).toBeGreaterThan(2);
      }
    }
  });

  it('state each federal subject once', () => {
    const codes = SUBJECT_NAMES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^\d\d$/);
  });

  it('write sounds in the letters that have one', () => {
    for (const [spelling, readings] of Object.entries(GRAPHEMES)) {
      expect(spelling).toMatch(/^[a-z]+$/);
      expect(new Set(readings).size, spelling).toBe(readings.length);
      for (const reading of readings) expect(reading, spelling).toMatch(/^[a-z]+$/);
    }
    for (const pair of Object.keys(CONFUSIONS)) expect(pair).toMatch(/^[abcdefghijklmnopqrstuvwz]{2}$/);
  });
});
