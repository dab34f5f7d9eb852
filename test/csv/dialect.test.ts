import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sniffDialect } from '../../src/csv/dialect.ts';

describe('sniffDialect', () => {
  test.each([
    ['zip,address,cod\n675000,Lenina 21,5\n', ','],
    ['zip;address;cod\n675000;Lenina 21, 2;1500,00\n', ';'],
    ['zip\taddress\tcod\n675000\tLenina 21, 2; kv 3\t5\n', '\t'],
    ['zip|address|cod\n675000|Lenina 21, 2|5\n', '|'],
    ['"zip, or index";"address, full"\n675000;"a,b,c"\n', ';'],
    ['zip,"address; street; house"\n675000,x\n', ','],
    ['zip;"a ""quoted"", header"\n675000;x\n', ';'],
    ['zip,address', ','],
    ['zip', ','],
    ['', ','],
  ])('finds the delimiter of %j', (text, delimiter) => {
    expect(sniffDialect(text).delimiter).toBe(delimiter);
  });

  test.each([
    ['a,b\nc,d\n', '\n'],
    ['a,b\r\nc,d\r\n', '\r\n'],
    ['a,b\rc,d\r', '\r'],
    ['a,b', '\n'],
    ['"a\nb",c\r\nd,e\r\n', '\r\n'],
    ['"a\r\nb",c\nd,e\n', '\n'],
    ['"a\nb",c\rd,e\r', '\r'],
    ['a,b\n"c\rd",e\n', '\n'],
  ])('finds what ends the lines of %j', (text, eol) => {
    expect(sniffDialect(text).eol).toBe(eol);
  });

  test('trusts the delimiter that the following lines have as often', () => {
    expect(sniffDialect('a;b,c;d,e\n1;2;3\n4;5;6\n7;8;9\n').delimiter).toBe(';');
  });

  test('finds the delimiter and line end of any plain file', () => {
    const word = fc.stringMatching(/^[a-zа-я0-9 ]{1,8}$/);
    const delimiters = fc.constantFrom(',', ';', '\t', '|');
    const eols = fc.constantFrom('\n', '\r\n', '\r');
    const table = fc.array(fc.array(word, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(table, delimiters, eols, (rows, delimiter, eol) => {
        const text = rows.map((row) => row.join(delimiter) + eol).join('');
        expect(sniffDialect(text)).toEqual({ delimiter, eol });
      }),
    );
  });
});
