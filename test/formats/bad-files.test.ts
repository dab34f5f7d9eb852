import { appendFileSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const ORDERS = 'zip,address\n675000,"Lenina 1, Blagoveschensk"\n';
const CSV = strToU8(ORDERS);
const GZ = gzipSync(ORDERS);
/** Larger than what is let through without a look at its ratio. */
const BOMB = Buffer.concat([CSV, Buffer.alloc(40 << 20, '675000,Lenina\n')]);

function withFlag(zip: Uint8Array, flag: number): Uint8Array {
  const bytes = Buffer.from(zip);
  bytes.writeUInt16LE(flag, 6);
  bytes.writeUInt16LE(flag, bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 8);
  return bytes;
}

function damaged(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at);
  return copy;
}

function ole2(stream: string): Uint8Array {
  const magic = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  return Buffer.concat([magic, Buffer.alloc(1016), Buffer.from(stream, 'utf16le'), Buffer.alloc(512)]);
}

const AGAIN = 'copy or download it again';

describe('one clear error, exit code 1 and nothing written for', () => {
  test.each<[string, string, () => Uint8Array, string]>([
    [
      'a zip of several files',
      'a.zip',
      () => zipSync({ 'a.csv': CSV, 'in/b.csv': CSV, '__MACOSX/._a.csv': CSV, '.DS_Store': CSV }),
      'the archive holds 2 files, "a.csv", "in/b.csv": unpack it and run on each.',
    ],
    [
      'a zip of many files',
      'a.zip',
      () => zipSync(Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${index + 10}.csv`, CSV]))),
      'the archive holds 12 files, "10.csv", "11.csv", "12.csv", "13.csv", "14.csv", "15.csv", "16.csv", "17.csv", ' +
        '"18.csv", "19.csv" and 2 more: unpack it and run on each.',
    ],
    ['a zip of nothing', 'a.zip', () => zipSync({}), 'the archive holds no file.'],
    ['a zip of what does not count', 'a.zip', () => zipSync({ '.a.csv': CSV }), 'the archive holds no file.'],
    [
      'a zip with a password',
      'a.zip',
      () => withFlag(zipSync({ 'a.csv': CSV }), 1),
      'a.csv in it has a password: unpack it and run on the file inside.',
    ],
    [
      'a zip that is cut short',
      'a.zip',
      () => zipSync({ 'a.csv': CSV }).subarray(0, -30),
      'cannot unpack the archive (End of central directory record signature not found. Either not a zip file, or file ' +
        `is truncated.): ${AGAIN}, or unpack it yourself.`,
    ],
    [
      'a zip whose data are damaged',
      'a.zip',
      () => damaged(zipSync({ 'a.csv': CSV }, { level: 0 }), 50),
      `the archive is damaged: ${AGAIN}.`,
    ],
    [
      'a zip bomb',
      'a.zip',
      () => zipSync({ 'a.csv': BOMB }, { level: 9 }),
      'unpacks to more than 200 times its size, as archives made to do harm do; nothing was written. ' +
        'If you trust it, unpack it yourself and run on the file inside.',
    ],
    [
      'a gzip bomb',
      'a.csv.gz',
      () => gzipSync(BOMB),
      'unpacks to more than 200 times its size, as archives made to do harm do; nothing was written. ' +
        'If you trust it, unpack it yourself and run on the file inside.',
    ],
    [
      'a workbook in a zip',
      'a.zip',
      () => zipSync({ 'a.xlsx': zipSync({ 'xl/workbook.xml': CSV }) }),
      'holds an archive or a spreadsheet: unpack it and run on the file inside.',
    ],
    [
      'a document of an office',
      'a.zip',
      () => zipSync({ '[Content_Types].xml': CSV, 'word/document.xml': CSV }),
      'an Office document, not an Excel workbook: save the table as .xlsx or "CSV UTF-8".',
    ],
    [
      'an OpenDocument sheet',
      'a.ods',
      () => zipSync({ mimetype: CSV, 'content.xml': CSV }),
      'an OpenDocument file, not an Excel workbook: save the table as .xlsx or "CSV UTF-8".',
    ],
    [
      'a gzip that is cut short',
      'a.csv.gz',
      () => GZ.subarray(0, -12),
      `cannot unpack the gzip file, it ends too early: ${AGAIN}.`,
    ],
    [
      'a gzip without an end',
      'a.csv.gz',
      () => GZ.subarray(0, -4),
      `cannot unpack the gzip file, it ends too early: ${AGAIN}.`,
    ],
    [
      'a gzip that is damaged',
      'a.csv.gz',
      () => damaged(GZ, 20),
      `cannot unpack the gzip file, it is damaged: ${AGAIN}.`,
    ],
    [
      'a gzip whose sum is wrong',
      'a.csv.gz',
      () => damaged(GZ, GZ.length - 6),
      `cannot unpack the gzip file, it is damaged: ${AGAIN}.`,
    ],
    ['a gzip in a gzip', 'a.csv.gz', () => gzipSync(GZ), 'is packed twice: unpack it and run on the file inside.'],
    [
      'a tar in a gzip',
      'a.tar.gz',
      () => gzipSync(Buffer.concat([Buffer.alloc(257), Buffer.from('ustar'), Buffer.alloc(250)])),
      'is a tar archive: unpack it and run on the file inside.',
    ],
    ['a CSV called .gz', 'a.csv.gz', () => CSV, 'is not a gzip file as its name says; if it is a CSV, call it .csv.'],
    ['a CSV called .zip', 'a.zip', () => CSV, 'is not a zip archive as its name says; if it is a CSV, call it .csv.'],
    [
      'a CSV called .xlsx',
      'a.xlsx',
      () => CSV,
      'is not an Excel workbook as its name says; if it is a CSV, call it .csv.',
    ],
    ['a PDF', 'a.csv', () => strToU8('%PDF-1.7\n'), 'is a PDF; a CSV or .xlsx file is needed.'],
    [
      'a web page called .xls',
      'a.xls',
      () => strToU8('\ufeff\r\n<html xmlns:o="x"><table>'),
      'is a web page or XML: open it in Excel and save it as .xlsx or "CSV UTF-8".',
    ],
    [
      'an old workbook, whatever its name',
      'a.csv',
      () => ole2('Workbook'),
      'is a workbook of the old kind (.xls), whatever its name says. Save it as .xlsx.',
    ],
    [
      'a workbook with a password',
      'a.xlsx',
      () => ole2('EncryptedPackage'),
      'is protected by a password. Take the password off in Excel (File, Info), save and run again.',
    ],
  ])('%s', { timeout: 30_000 }, async (_, name, bytes, message) => {
    writeFileSync(folder.file(name), bytes());
    const { code, stdout, stderr } = await gorod(['run', name, '--detector', 'local', '-q'], { cwd: folder.path });
    const said = stderr
      .trimEnd()
      .split('\n')
      .at(-1)
      ?.replace(/^gorod: /, '');
    expect(said?.replace(', "a.xlsx" in it', '').replace(/^a\.\w+(?:\.gz)?:? /, '')).toBe(message);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(readdirSync(folder.path)).toEqual([name]);
  });

  test('an archive on stdin', async () => {
    const { code, stdout, stderr } = await gorod(['run', '-', '--detector', 'local', '-q'], {
      stdin: zipSync({ 'a.csv': CSV }),
    });
    expect(stderr).toContain(
      'gorod: stdin: is an archive or a spreadsheet, which cannot be read as a stream: give it as a file, or save it as CSV.',
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });
});

describe('what is packed well is read', () => {
  test.each<[string, string, () => Uint8Array]>([
    [
      'a zip of one file among those that do not count',
      'a.zip',
      () => zipSync({ 'd/a.csv': CSV, 'd/': new Uint8Array(), '__MACOSX/d/._a.csv': CSV }),
    ],
    ['a zip without packing', 'a.zip', () => zipSync({ 'a.csv': CSV }, { level: 0 })],
    [
      'a gzip of two members',
      'a.csv.gz',
      () => Buffer.concat([gzipSync(ORDERS.slice(0, 20)), gzipSync(ORDERS.slice(20))]),
    ],
    ['a gzip whatever its name', 'a.csv', () => GZ],
  ])('%s', async (_, name, bytes) => {
    writeFileSync(folder.file(name), bytes());
    expect((await gorod(['run', name, '-o', 'out.csv', '--detector', 'local'], { cwd: folder.path })).code).toBe(0);
    expect(readFileSync(folder.file('out.csv'), 'utf8')).toContain('675000,"Lenina 1, Blagoveschensk",OK,');
  });

  test('a gzip on stdin', async () => {
    const { code, stdout } = await gorod(['run', '-', '--detector', 'local'], { stdin: GZ });
    expect(code).toBe(0);
    expect(stdout).toContain('675000,"Lenina 1, Blagoveschensk",OK,');
  });
});

test.each([
  ['is written to', (file: string) => appendFileSync(file, '675000,Lenina\n')],
  ['gets another time', (file: string) => utimesSync(file, 1000, 1000)],
])('a file that %s while it is read ends the run with 1, nothing written', { timeout: 30_000 }, async (_, change) => {
  const rows = Array.from({ length: 40_000 }, (__, row) => `675000,"Lenina ${row}, Blagoveschensk"\n`);
  writeFileSync(folder.file('in.csv'), `zip,address\n${rows.join('')}`);
  const { code, stderr } = await gorod(['run', 'in.csv', '-o', 'out.csv', '--detector', 'local'], {
    cwd: folder.path,
    whileRunning: (child) => {
      child.stderr?.on('data', (text: Buffer) => {
        if (text.includes('columns:')) change(folder.file('in.csv'));
      });
    },
  });
  expect(code).toBe(1);
  expect(stderr).toContain(
    'gorod: in.csv: changed while it was read; nothing was written. Wait until it is whole, then run again.\n',
  );
  expect(readdirSync(folder.path)).toEqual(['in.csv']);
});

test('both --bom and --no-bom are refused with 2', async () => {
  const { code, stderr } = await gorod(['run', 'a.csv', '--bom', '--no-bom']);
  expect(code).toBe(2);
  expect(stderr).toContain('gorod: --bom and --no-bom cannot both hold; give one of them.\n');
});

test('limits of its own may come from a Russian Excel, but not in any encoding', async () => {
  writeFileSync(folder.file('in.csv'), ORDERS.replace('address', 'address,cod').replace('"\n', '",9000\n'));
  const run = () =>
    gorod(['run', 'in.csv', '-o', '-', '--detector', 'local', '--cod-limits', 'l.csv', '-q'], { cwd: folder.path });
  writeFileSync(
    folder.file('l.csv'),
    iconv.encode('city_code;payment_limit;город\n286;5000;Благовещенск\n', 'windows-1251'),
  );
  expect((await run()).stdout).toContain(',9000,COD_LIMIT_EXCEEDED,');
  writeFileSync(folder.file('l.csv'), Buffer.from('city_code,payment_limit,x\n286,5000,M\xfcller\n', 'latin1'));
  expect(await run()).toMatchObject({
    code: 2,
    stderr:
      'gorod: --cod-limits l.csv: its text is neither UTF-8 nor looks like UTF-16, GB18030, windows-1251 or KOI8-R. ' +
      'Save it as "CSV UTF-8".\n',
  });
});
