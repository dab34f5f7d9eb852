import { closeSync, openSync, writeSync } from 'node:fs';

/** What `gorod run` has to make of a file: its end, and the rows that it writes where it comes to one. */
export type Expected =
  | { readonly code: 1 | 2; readonly says: RegExp }
  | { readonly code: 0; readonly rows: number; readonly bad: number };

/** A file that no shop would write, and what `--bad-rows stop` and `--bad-rows keep` make of it. */
export interface HostileFile {
  readonly name: string;
  readonly write: (path: string) => void;
  readonly stop: Expected;
  readonly keep: Expected;
}

const HEADER = 'postcode,address\n';
const ROW = '675000,Lenina 1 Blagoveschensk\n';
const TOO_LONG = /orders\.csv, line 3: longer than 1048576 bytes\. Raise --max-row-bytes, or pass --bad-rows keep/;

const LINE_OF_CELL = `675000,Lenina 1 ${'x'.repeat(83)}\n`;
const WIDE = `${','.repeat(500_000)}\n`;

type Part = string | Buffer | { readonly repeat: string; readonly bytes: number };

/** Every case; `longest` is the length in bytes of the longest line, `wide` the number of rows with too many columns. */
export function hostileFiles({ longest, wide }: { longest: number; wide: number }): readonly HostileFile[] {
  const both = (name: string, parts: readonly Part[], expected: Expected): HostileFile =>
    file(name, parts, expected, expected);
  const oneBad = (name: string, bad: readonly Part[], says: RegExp): HostileFile =>
    file(name, [HEADER, ROW, ...bad, ROW], { code: 1, says }, { code: 0, rows: 3, bad: 1 });

  return [
    oneBad('a line that is very long', ['675000,', { repeat: 'x', bytes: longest }, '\n'], TOO_LONG),
    oneBad('a very long line of quotation marks', ['675000,', { repeat: '"', bytes: longest }, '\n'], TOO_LONG),
    file(
      'a very long line at the end, without line end',
      [HEADER, ROW, { repeat: 'ы,"', bytes: longest }],
      { code: 1, says: TOO_LONG },
      { code: 0, rows: 2, bad: 1 },
    ),
    both('a file that is one very long line', [{ repeat: 'x', bytes: longest }], {
      code: 1,
      says: /orders\.csv, line 1: the header is longer than 1048576 bytes\. Is it a CSV\?/,
    }),
    oneBad('a quoted cell of ten megabytes', ['675000,"', { repeat: 'Lenina, ', bytes: 10_000_000 }, '"\n'], TOO_LONG),
    file(
      'a quoted cell of more than a mebibyte on lines of a hundred bytes',
      [HEADER, '675000,"', { repeat: LINE_OF_CELL, bytes: LINE_OF_CELL.length * 12_000 }, '"\n', ROW],
      { code: 1, says: /orders\.csv, line 2: a quotation mark is out of place or never closed/ },
      { code: 0, rows: 12_002, bad: 2 },
    ),
    oneBad(
      'a million columns',
      [{ repeat: ',', bytes: 1_000_000 }, '\n'],
      /line 3: 1000001 cells where the header has 2/,
    ),
    file(
      'rows of half a million columns',
      [HEADER, { repeat: WIDE, bytes: WIDE.length * wide }],
      { code: 1, says: /line 2: 500001 cells where the header has 2/ },
      { code: 0, rows: wide, bad: wide },
    ),
    both('a header of a million columns', [{ repeat: 'a,', bytes: 2_000_000 }, '\n', ROW], {
      code: 1,
      says: /line 1: the header is longer than 1048576 bytes/,
    }),
    both('a header of half a million columns', [{ repeat: 'a,', bytes: 1_000_000 }, '\n', ROW], {
      code: 2,
      says: /no postcode column recognised\. Its headers are: .{0,600}… \(\+499961\)\./,
    }),
    both('a hundred thousand columns named postcode', [{ repeat: 'postcode,', bytes: 900_000 }, 'address\n', ROW], {
      code: 2,
      says: /may each be the postcode\. Say which with --columns postcode=HEADER/,
    }),
    both('doubled headers', ['postcode,address,address\n675000,a,b\n'], {
      code: 2,
      says: /"address" and "address" may each be the address.*--columns/,
    }),
    both('NUL bytes in cells', [HEADER, ROW, '675000,Len\0ina 1 Blagoveschensk\0\n'], { code: 0, rows: 2, bad: 0 }),
    oneBad('a line of NUL bytes', [{ repeat: '\0', bytes: 5000 }, '\n'], /line 3: 1 cell where the header has 2/),
    oneBad('a quotation mark that is never closed', ['675000,"Lenina 1\n'], /line 3: a quotation mark is out of place/),
    oneBad('a quotation mark inside a cell', ['675000,Lenina 5" 1\n'], /line 3: a quotation mark is out of place/),
    file(
      'a stray quotation mark before forty thousand rows',
      [HEADER, '675000,"Lenina\n', { repeat: ROW, bytes: ROW.length * 40_000 }],
      { code: 1, says: /line 2: a quotation mark is out of place/ },
      { code: 0, rows: 40_001, bad: 1 },
    ),
    both('bytes of no encoding that orders come in', [HEADER, ROW, Buffer.from('675000,Stra\xdfe\n', 'latin1'), ROW], {
      code: 1,
      says: /orders\.csv: its text is neither UTF-8 nor looks like .* name its encoding with --encoding\./,
    }),
    both('one letter of UTF-8 that is damaged', [HEADER, '675000,Благовещенск ', Buffer.from([0xd0]), '\n', ROW], {
      code: 1,
      says: /orders\.csv, line 2: not UTF-8\. Save the file as "CSV UTF-8"/,
    }),
    both('a letter that the end of the file cuts off', [HEADER, ROW, '675000,Ленина', Buffer.from([0xd0])], {
      code: 1,
      says: /orders\.csv, line 3: not UTF-8/,
    }),
    both('an empty file', [''], { code: 1, says: /orders\.csv: the file is empty/ }),
    both('a byte-order mark alone', ['\ufeff'], { code: 1, says: /orders\.csv: the file is empty/ }),
    both('line ends alone', ['\n\r\n\n'], { code: 1, says: /orders\.csv: the file is empty/ }),
    both('a header alone', [HEADER], { code: 0, rows: 0, bad: 0 }),
    both('carriage returns for line ends', [(HEADER + ROW + ROW).replaceAll('\n', '\r')], { code: 0, rows: 2, bad: 0 }),
    file(
      'carriage returns, then newlines',
      [HEADER.replace('\n', '\r'), { repeat: ROW.replace('\n', '\r'), bytes: 3100 * ROW.length }, ROW, ROW],
      { code: 1, says: /line 3102: 3 cells where the header has 2/ },
      { code: 0, rows: 3101, bad: 1 },
    ),
    both('byte-order marks in the middle', [HEADER, ROW, '\ufeff', ROW, '675000,\ufeffBlagoveschensk\n'], {
      code: 0,
      rows: 3,
      bad: 0,
    }),
    both(
      'two files one after the other, byte-order marks and headers too',
      ['\ufeff', HEADER, ROW, '\ufeff', HEADER, ROW],
      {
        code: 0,
        rows: 3,
        bad: 0,
      },
    ),
    both('control characters in a header', [`postcode,\u001b[2J\u202eaddress\n${ROW}`], {
      code: 2,
      says: /no address column recognised\. Its headers are: "postcode", "\ufffd\[2J\ufffdaddress"/,
    }),
  ];
}

function file(name: string, parts: readonly Part[], stop: Expected, keep: Expected): HostileFile {
  return { name, stop, keep, write: (path) => writeParts(path, parts) };
}

function writeParts(path: string, parts: readonly Part[]): void {
  const handle = openSync(path, 'w');
  try {
    for (const part of parts) {
      if (typeof part === 'string' || Buffer.isBuffer(part)) writeSync(handle, Buffer.from(part));
      else writeRepeated(handle, part.repeat, part.bytes);
    }
  } finally {
    closeSync(handle);
  }
}

function writeRepeated(handle: number, repeated: string, bytes: number): void {
  const once = Buffer.from(repeated);
  const times = Math.max(1, Math.min(Math.ceil((1 << 20) / once.length), Math.ceil(bytes / once.length)));
  const piece = Buffer.concat(Array<Buffer>(times).fill(once));
  for (let left = Math.ceil(bytes / once.length) * once.length; left > 0; left -= piece.length) {
    writeSync(handle, piece.subarray(0, Math.min(left, piece.length)));
  }
}
