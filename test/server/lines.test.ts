import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines } from '../../src/server/lines.ts';

async function linesOf(text: string, pieceBytes: number, maxChars = 1000) {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  const batches: (string | undefined)[][] = [];
  for await (const batch of readLines(pieces(), maxChars)) batches.push(batch);
  return batches;
}

test('lines come as they are, however the bytes are cut, without the blank ones', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'Ж', '城', '😀', ' ', '"'), maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 9 }), async (lines, size) => {
      const found = (await linesOf(lines.join('\n'), size)).flat();
      expect(found).toEqual(lines.filter((text) => text.trim() !== ''));
    }),
  );
});

test('a line that is too long is one gap in its place', async () => {
  for (const size of [1, 3, 100]) {
    const found = (await linesOf(`short\n${'x'.repeat(50)}\nlast`, size, 10)).flat();
    expect(found).toEqual(['short', undefined, 'last']);
    expect((await linesOf(`${'x'.repeat(50)}`, size, 10)).flat()).toEqual([undefined]);
    expect((await linesOf(`${'x'.repeat(10)}\n${'x'.repeat(11)}`, size, 10)).flat()).toEqual([
      'x'.repeat(10),
      undefined,
    ]);
  }
});

test('a large piece is handed on in small batches', async () => {
  const batches = await linesOf('x\n'.repeat(1000), 1_000_000);
  expect(batches.flat()).toHaveLength(1000);
  expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(100);
});
