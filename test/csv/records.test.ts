import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCells } from '../../src/csv/cells.ts';
import { type RawRecord, type RecordSyntax, recordSplitter } from '../../src/csv/records.ts';
import { cutAt, cuts, writtenTable } from './tables.ts';

const SYNTAX: RecordSyntax = { delimiter: ',', newline: '\n', maxRecordBytes: 1 << 20 };

function recordsOf(pieces: readonly string[], syntax: Partial<RecordSyntax> = {}): RawRecord[] {
  const splitter = recordSplitter({ ...SYNTAX, ...syntax });
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
}

/** Line, text, and a mark for what is broken. */
function shown(text: string, syntax: Partial<RecordSyntax> = {}): string[] {
  return recordsOf([text], syntax).map((record) => `${record.line}${record.broken ? '!' : ' '}${record.text}`);
}

describe('recordSplitter', () => {
  test('cuts at line ends, with or without one at the end', () => {
    expect(shown('a,b\nc,d\n')).toEqual(['1 a,b', '2 c,d']);
    expect(shown('a,b\nc,d')).toEqual(['1 a,b', '2 c,d']);
    expect(shown('a,b\r\nc,d\r\n')).toEqual(['1 a,b', '2 c,d']);
    expect(shown('a,b\rc,d\r', { newline: '\r' })).toEqual(['1 a,b', '2 c,d']);
  });

  test('gives nothing for nothing', () => {
    expect(shown('')).toEqual([]);
    expect(shown('\n\r\n\n')).toEqual([]);
  });

  test('counts blank lines without making records of them', () => {
    expect(shown('\na\n\n\r\nb\n')).toEqual(['2 a', '5 b']);
  });

  test('keeps quoted line ends, delimiters and quotation marks in the record', () => {
    expect(shown('"a\nb",c\n"d""\n""e"\nf\n')).toEqual(['1 "a\nb",c', '3 "d""\n""e"', '5 f']);
    expect(shown('"a\r\nb"\r\nc')).toEqual(['1 "a\r\nb"', '3 c']);
    expect(shown('"a\nb"\rc', { newline: '\r' })).toEqual(['1 "a\nb"', '2 c']);
  });

  test.each([
    ['a quotation mark inside a plain cell', 'a\nb 5" c,d\ne\n', ['1 a', '2!b 5" c,d', '3 e']],
    ['text after a closing quotation mark', 'a\n"b" c,d\ne\n', ['1 a', '2!"b" c,d', '3 e']],
    ['a quotation mark that another line closes', 'a\n"b,c\nd,"e"\nf\n', ['1 a', '2!"b,c', '3 d,"e"', '4 f']],
    ['one that is never closed', 'a\n"b,c\nd\ne', ['1 a', '2!"b,c', '3 d', '4 e']],
    ['one at the very end', 'a\nb,"', ['1 a', '2!b,"']],
    ['one before the last line end', 'a,"\n', ['1!a,"']],
  ])('pays for %s with its physical line alone', (_, text, records) => {
    expect(shown(text)).toEqual(records);
    expect(shown(text.replaceAll('\n', '\r\n'))).toEqual(records);
    expect(shown(text.replaceAll('\n', '\r'), { newline: '\r' })).toEqual(records);
  });

  test('gives up on a quoted cell that is longer than it may be', () => {
    const pieces = ['a,"x\n', ...Array.from({ length: 30 }, () => 'y,z\n')];
    const records = recordsOf(pieces, { maxRecordBytes: 50 });
    expect(records[0]).toEqual({ text: 'a,"x', line: 1, broken: true });
    expect(records).toHaveLength(31);
    expect(records.slice(1).every((record) => !record.broken && record.text === 'y,z')).toBe(true);
  });

  test('hands a record over as soon as its line is complete', () => {
    const splitter = recordSplitter(SYNTAX);
    expect(splitter.push('a,b\nc,')).toHaveLength(1);
    expect(splitter.push('"d\n')).toHaveLength(0);
    expect(splitter.push('e"\n')).toEqual([{ text: 'c,"d\ne"', line: 2, broken: false }]);
    expect(splitter.end()).toEqual([]);
  });

  test('finds the same records wherever the text is cut, broken ones too', () => {
    const text = fc.string({ unit: fc.constantFrom(...'a,"\n\r "'), maxLength: 60 });
    fc.assert(
      fc.property(text, cuts, fc.constantFrom('\n' as const, '\r' as const), (whole, places, newline) => {
        expect(recordsOf(cutAt(whole, places), { newline })).toEqual(recordsOf([whole], { newline }));
      }),
      { numRuns: 500 },
    );
  });

  test('covers every line that is not blank exactly once', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab,"\n'), maxLength: 60 }), (whole) => {
        const lines = whole.split('\n');
        for (const { text, line } of recordsOf([whole])) {
          const height = text.split('\n').length;
          expect(lines.slice(line - 1, line - 1 + height).join('\n')).toBe(text);
          lines.fill('', line - 1, line - 1 + height);
        }
        expect(lines.join('')).toBe('');
      }),
    );
  });

  test('reads any written table as it was, cut anywhere', () => {
    fc.assert(
      fc.property(writtenTable, cuts, ({ text, delimiter, eol, records }, places) => {
        const newline = eol === '\r' ? '\r' : '\n';
        const found = parseCells(recordsOf(cutAt(text, places), { delimiter, newline }), delimiter);
        expect(found).toEqual(records.map((record) => ({ ...record, broken: false })));
      }),
      { numRuns: 300 },
    );
  });
});
