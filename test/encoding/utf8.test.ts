import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeUtf8 } from '../../src/encoding/utf8.ts';
import { cutAt, cuts, streamOf } from '../csv/tables.ts';

async function decoded(pieces: Iterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of decodeUtf8(streamOf(pieces), 'orders.csv')) text += chunk;
  return text;
}

describe('decodeUtf8', () => {
  test('reads any text cut anywhere, even within a letter', async () => {
    const whole = fc.string({ unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(whole, cuts, async (text, places) => {
        expect(await decoded(cutAt(Buffer.from(text), places))).toBe(text);
      }),
    );
  });

  test.each([
    ['windows-1251', Buffer.from([0xcc, 0xee, 0xf1, 0xea, 0xe2, 0xe0])],
    ['GB 18030', Buffer.from([0xd3, 0xca, 0xb1, 0xe0])],
    ['UTF-16', Buffer.from('\ufeffzip', 'utf16le')],
    ['a letter that the end cuts off', Buffer.from('Тула').subarray(0, 7)],
  ])('refuses %s, naming the file', async (_, bytes) => {
    await expect(decoded([bytes])).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/^orders\.csv, line 1: not UTF-8/),
    });
  });

  test.each([
    ['a\nb\n\xffc\n', 3],
    ['a\r\nb\r\n\xffc\r\n', 3],
    ['a\rb\r\xffc\r', 3],
    ['\xff\n\n', 1],
    ['a\n\xd0\x9c\xd0\n\n', 2],
    ['a\n\xd0\x9c\x9c\n', 2],
    ['a\n\xf0\x9f\x91\x8d\n\xd0', 3],
  ])('names the line of the first bytes that are none: %j', async (text, line) => {
    const bytes = Buffer.from(text, 'latin1');
    for (let size = 1; size <= bytes.length; size += 1) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      await expect(decoded(pieces)).rejects.toThrow(`orders.csv, line ${line}: not UTF-8`);
    }
  });

  test('hands on the failure of the stream itself', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a');
      throw new Error('disk');
    }
    const pieces = decodeUtf8(failing(), 'orders.csv');
    expect(await pieces.next()).toMatchObject({ value: 'a' });
    await expect(pieces.next()).rejects.toThrow('disk');
  });
});
