import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import type { Encoding } from '../src/encoding/encodings.ts';

/**
 * Makes the fixtures of encodings, delimiters and containers of the tables in fixtures/files/source, which are UTF-8 with
 * commas and to be reviewed: `npx tsx scripts/build-file-fixtures.ts`, whenever one of them changes.
 */
const FOLDER = 'fixtures/files';

const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;
const WIDE: readonly Encoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'];
/** Which encodings have the characters of which table. */
const TABLES: Readonly<Record<string, readonly Encoding[]>> = {
  russian: [...WIDE, 'windows-1251', 'koi8-r'],
  chinese: WIDE,
};
const MARK = '\ufeff';
/** Those that may begin with a byte-order mark; GB18030 hardly ever does. */
const MARKED: readonly Encoding[] = ['utf-8', 'utf-16le', 'utf-16be'];

for (const container of ['csv', 'gz', 'expected']) {
  rmSync(join(FOLDER, container), { recursive: true, force: true });
  mkdirSync(join(FOLDER, container));
}

for (const [table, encodings] of Object.entries(TABLES)) {
  for (const [name, delimiter] of Object.entries(DELIMITERS)) {
    const text = delimited(table, delimiter);
    for (const encoding of encodings) {
      write(`${table}.${encoding}.${name}`, iconv.encode(text, encoding, { addBOM: false }));
      if (MARKED.includes(encoding)) write(`${table}.${encoding}-bom.${name}`, iconv.encode(MARK + text, encoding));
    }
    writeFileSync(join(FOLDER, 'expected', `${table}.${name}.csv`), delimited(`${table}.expected`, delimiter));
  }
}

function delimited(table: string, delimiter: string): string {
  const records: string[][] = parse(readFileSync(join(FOLDER, 'source', `${table}.csv`)));
  return stringify(records, { delimiter, quoted_match: /[\r\n]/ });
}

function write(name: string, bytes: Uint8Array): void {
  writeFileSync(join(FOLDER, 'csv', `${name}.csv`), bytes);
  writeFileSync(join(FOLDER, 'gz', `${name}.csv.gz`), gzipSync(bytes));
}
