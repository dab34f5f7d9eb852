import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ReadOptions, readCsv } from '../../src/csv/read.ts';
import { cutAt, cuts, streamOf } from './tables.ts';

const OPTIONS: ReadOptions = {
  name: 'orders.csv',
  delimiter: ',',
  badRows: 'keep',
  longRows: 'keep',
  maxRowBytes: 10,
};

/** Line and text of every row; a mark before the text tells what is wrong with it. */
async function shown(pieces: readonly string[], options: Partial<ReadOptions> = {}): Promise<string[]> {
  const { batches } = await readCsv(streamOf(pieces), { ...OPTIONS, ...options });
  const found: string[] = [];
  for await (const batch of batches) {
    for (const { line, text, broken, pieces: parts } of batch) {
      if (parts !== undefined) expect(batch).toHaveLength(1);
      let whole = text;
      for await (const part of parts ?? []) whole += part;
      found.push(`${line}${parts !== undefined ? '>' : broken ? '!' : ' '}${whole}`);
    }
  }
  return found;
}

function read(text: string, options?: Partial<ReadOptions>): Promise<string[]> {
  return shown([text], options);
}

describe('a row that is longer than it may be', () => {
  test.each([
    ['a plain line', 'x,y\n1,2\n123456789,1\n3,4\n', ['2 1,2', '3>123456789,1', '4 3,4']],
    ['a quoted one', 'x,y\n"12345678",\n3,4\n', ['2>"12345678",', '3 3,4']],
    ['bytes count, not letters', 'x,y\nабвгд,\n3,4\n', ['2>абвгд,', '3 3,4']],
    ['ten bytes are not too many', 'x,y\n12345678,1\nабвг,1\n', ['2 12345678,1', '3 абвг,1']],
    ['the last one, without line end', 'x,y\n1,2\n123456789,1', ['2 1,2', '3>123456789,1']],
    ['several', 'x,y\n123456789,1\n123456789,2\n\n123456789,3\n', ['2>123456789,1', '3>123456789,2', '5>123456789,3']],
    ['one of several lines is broken', 'x,y\n"1\n2\n3\n4",5\n6,7\n', ['2!"1', '3!2', '4!3', '5!4",5', '6 6,7']],
  ])('is handed on in pieces: %s', async (_, text, rows) => {
    const ragged = (row: string) => row.replace('!2', ' 2').replace('!3', ' 3');
    for (const eol of ['\n', '\r\n', '\r']) {
      expect(await read(text.replaceAll('\n', eol))).toEqual(rows.map(ragged));
    }
  });

  test('is the same however the file is cut, and no character is lost', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab,"\nд'), maxLength: 80 });
    const eol = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(text, eol, cuts, async (body, lineEnd, places) => {
        const whole = `x,y${lineEnd}1,2${lineEnd}${body.replaceAll('\n', lineEnd)}`;
        const rows = await shown([whole]);
        expect(await shown(cutAt(whole, places))).toEqual(rows);
        const texts = rows.map((row) => row.replace(/^\d+[ >!]/, ''));
        expect(texts.join(lineEnd).split(lineEnd).join('')).toBe(whole.slice(3).split(lineEnd).join(''));
      }),
      { numRuns: 500 },
    );
  });

  test('need not be read for reading to go on with the next', async () => {
    const { batches } = await readCsv(streamOf([`x,y\n${'a'.repeat(100_000)}\n1,2\n`]), OPTIONS);
    const lines: number[] = [];
    for await (const batch of batches) lines.push(...batch.map(({ line }) => line));
    expect(lines).toEqual([2, 3]);
  });

  test('ends the reading where that is asked, naming line, limit and ways out', async () => {
    const text = `x,y\n1,2\n${'a'.repeat(100_000)}\n`;
    await expect(read(text, { longRows: 'stop', badRows: 'stop' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message:
        'orders.csv, line 3: longer than 10 bytes. ' +
        'Raise --max-row-bytes, or pass --bad-rows keep to write the row through as ERR_BAD_ROW.',
    });
    await expect(read(text, { longRows: 'stop' })).rejects.toThrow(/longer than 10 bytes\. Raise --max-row-bytes\.$/);
  });

  test('cannot be the header', async () => {
    await expect(read('a long header,y\n1,2\n')).rejects.toThrow(
      'orders.csv, line 1: the header is longer than 10 bytes. Is it a CSV?',
    );
  });

  test('is never held: of a line without end only so much is read as is asked for', async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<string> {
      yield 'x,y\n1,2\n';
      for (;;) {
        sent += 1;
        yield 'x'.repeat(1 << 16);
      }
    }
    const { batches } = await readCsv(endless(), { ...OPTIONS, maxRowBytes: 1 << 20 });
    let seen = 0;
    for await (const [row] of batches) {
      for await (const piece of row?.pieces ?? []) {
        seen += piece.length;
        expect(sent * (1 << 16) - seen).toBeLessThan(4 << 20);
        if (seen > 20 << 20) return;
      }
    }
  });
});

test('any text at all is read to the end or refused with file and line', async () => {
  const junk = fc.string({ unit: fc.constantFrom(...'ab,;\t"\n\r\0 \ufeff', 'д', '\xff'), maxLength: 60 });
  const options = fc.record({
    badRows: fc.constantFrom('stop' as const, 'keep' as const),
    longRows: fc.constantFrom('stop' as const, 'keep' as const),
    delimiter: fc.constantFrom(undefined, ',', ';'),
  });
  await fc.assert(
    fc.asyncProperty(junk, cuts, options, async (text, places, given) => {
      const end = await shown(cutAt(text, places), given).catch((error: unknown) => error);
      if (Array.isArray(end)) return;
      expect(end).toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringMatching(/^orders\.csv(, line \d+|: the file is empty)/),
      });
    }),
    { numRuns: 1000 },
  );
});
