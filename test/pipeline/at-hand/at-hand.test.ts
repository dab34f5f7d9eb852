import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RowBlock, type RowPiece, rowBlock } from '../../../src/csv/row-block.ts';
import type { AnsweredBlock } from '../../../src/pipeline/at-hand/answer-block.ts';
import { atHand } from '../../../src/pipeline/at-hand/at-hand.ts';
import type { Helpers } from '../../../src/pipeline/at-hand/helpers.ts';
import { tableMemory } from '../../../src/pipeline/at-hand/shared-table.ts';
import { emptyTally } from '../../../src/pipeline/tally.ts';
import { streamOf } from '../../csv/tables.ts';

function block(number: number): RowBlock {
  const bytes = Buffer.from(`${number},x\n`);
  return rowBlock(bytes, Int32Array.of(0, bytes.length - 1, number + 2), ',');
}

const share = () => ({ memory: tableMemory(), spare: undefined });

/** Answers blocks of even numbers, with the number for bytes. */
function answer(asked: RowBlock): AnsweredBlock | undefined {
  const number = Number(asked.rows()[0]?.cells[0]);
  if (number % 2 === 1) return undefined;
  return { bytes: Buffer.from(String(number)), length: 1, inputBytes: 1, tally: emptyTally(), collected: undefined };
}

function helpers(waits: readonly number[], fails = Number.POSITIVE_INFINITY) {
  const used = { answered: 0, open: 0, mostOpen: 0, closed: 0 };
  const made: Helpers = {
    hasRoom: () => used.open < 4,
    async answer(asked) {
      used.answered += 1;
      used.open += 1;
      used.mostOpen = Math.max(used.mostOpen, used.open);
      const place = used.answered;
      await delay(waits[place % waits.length] ?? 0);
      used.open -= 1;
      if (place === fails) throw new Error('a thread ended');
      return answer(asked) ?? asked;
    },
    close: async () => {
      used.closed += 1;
    },
  };
  return { made, used };
}

async function numbers(pieces: readonly RowPiece[], made: Helpers | undefined): Promise<number[]> {
  const answering = { share, answer, takeBack: () => {}, startHelpers: made && (() => made) };
  const found: number[] = [];
  for await (const piece of atHand(streamOf(pieces), answering)) {
    found.push('tally' in piece ? Number(Buffer.from(piece.bytes)) : Number(piece[0]?.cells[0]));
  }
  return found;
}

describe('rows whose answers are at hand', () => {
  test('come in the order of the file, whoever is done first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(), { maxLength: 150 }),
        fc.array(fc.constantFrom(0, 0, 1, 3), { minLength: 1, maxLength: 7 }),
        fc.boolean(),
        async (given, waits, isHelped) => {
          const { made, used } = helpers(waits);
          const pieces = given.map((number, index) => (index % 10 === 9 ? block(number).rows() : block(number)));
          expect(await numbers(pieces, isHelped ? made : undefined)).toEqual(given);
          const isLarge = isHelped && given.length > 60;
          if (isLarge) expect(used).toMatchObject({ open: 0, closed: 1 });
          expect(used.mostOpen).toBeLessThanOrEqual(4);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('come before the next ones are read where a row is too long to be held', async () => {
    const { made } = helpers([1]);
    let read = 0;
    async function* pieces(): AsyncGenerator<RowPiece, void> {
      for (let number = 0; number < 60; number += 1) yield block(number);
      const inPieces = streamOf(['a', 'b']);
      yield [{ text: '', line: 62, cells: [], broken: true, pieces: inPieces }];
      // As `readRows` goes on: what was not taken by now is gone.
      for await (const _ of inPieces) read += 1;
      yield block(60).rows();
    }
    let kept = '';
    for await (const piece of atHand(pieces(), {
      share,
      answer,
      takeBack: () => {},
      startHelpers: () => made,
    })) {
      const long = 'tally' in piece ? undefined : piece[0]?.pieces;
      if (long === undefined) continue;
      expect(read).toBe(0);
      for await (const part of long) kept += part;
    }
    expect(kept).toBe('ab');
  });

  test('are helped with only where the file is large', async () => {
    const many = Array.from({ length: 100 }, (_, number) => block(number));
    const few = helpers([0]);
    await numbers(many.slice(0, 7), few.made);
    expect(few.used.answered).toBe(0);
    const large = helpers([0]);
    await numbers(many, large.made);
    expect(large.used.answered).toBeGreaterThan(10);
  });

  test('are not given out where a thread fails', async () => {
    const many = Array.from({ length: 100 }, (_, number) => block(number));
    const { made, used } = helpers([1], 3);
    await expect(numbers(many, made)).rejects.toThrow('a thread ended');
    expect(used.closed).toBe(1);
  });
});
