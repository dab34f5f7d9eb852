import { extname } from 'node:path';
import { beginningOf, peek } from '../encoding/peek.ts';
import type { ByteSource } from '../encoding/sample.ts';
import { GorodError } from '../errors.ts';
import { gunzipped } from './gzip.ts';
import type { Input } from './input.ts';
import { type Content, contentOf, MAGIC_BYTES } from './magic.ts';
import { openZip } from './zip.ts';

/**
 * Unpacks the text that an input is or holds, or finds that the input is a spreadsheet. Throws GorodError BAD_INPUT for
 * what is neither, saying how to save it.
 */
export async function openText(input: Input): Promise<ByteSource | 'xlsx'> {
  const { name, file } = input;
  const whole = await peeked({ read: () => input.read(), isRereadable: file !== undefined });
  switch (whole.content) {
    case 'gzip':
      return textIn(
        mapped(whole.source, (bytes) => gunzipped(bytes, name)),
        name,
      );
    case 'zip': {
      if (file === undefined) throw bad(name, 'is an archive or a spreadsheet: save it as a file and run on that');
      // Of a workbook that is damaged its reader can say more.
      if (/\.xls[xm]$/i.test(name)) return 'xlsx';
      const zip = await openZip(file.fd, name);
      return zip.kind === 'xlsx' ? 'xlsx' : textIn({ read: zip.read, isRereadable: true }, name, zip.file);
    }
    case 'ole2': {
      const { oldWorkbook } = await import('../xlsx/old-workbook.ts');
      throw await oldWorkbook(name, whole.source.read());
    }
    case 'text':
      assertNotNamed(name);
      return whole.source;
    default:
      throw bad(name, HELD[whole.content]);
  }
}

const HELD: Readonly<Record<Exclude<Content, 'text'>, string>> = {
  gzip: 'is packed twice: unpack it and run on the file inside',
  zip: 'holds an archive or a spreadsheet: unpack it and run on the file inside',
  ole2: 'holds a file of an old Excel or another old program: unpack it and save that as .xlsx or "CSV UTF-8"',
  pdf: 'is a PDF; a CSV or .xlsx file is needed',
  markup: 'is a web page or XML: open it in Excel and save it as .xlsx or "CSV UTF-8"',
  tar: 'is a tar archive: unpack it and run on the file inside',
};

/** What was unpacked has to be a text. */
async function textIn(source: ByteSource, name: string, inner?: string): Promise<ByteSource> {
  const unpacked = await peeked(source);
  if (unpacked.content === 'text') return unpacked.source;
  throw bad(inner === undefined ? name : `${name}, "${inner}" in it`, HELD[unpacked.content]);
}

async function peeked(source: ByteSource): Promise<{ readonly content: Content; readonly source: ByteSource }> {
  if (source.isRereadable) return { content: contentOf(await beginningOf(source.read(), MAGIC_BYTES)), source };
  const { beginning, bytes } = await peek(source.read(), MAGIC_BYTES);
  return { content: contentOf(beginning), source: { read: () => bytes, isRereadable: false } };
}

function mapped(
  source: ByteSource,
  unpack: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
): ByteSource {
  return { read: () => unpack(source.read()), isRereadable: source.isRereadable };
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['.xlsx', 'an Excel workbook'],
  ['.zip', 'a zip archive'],
  ['.gz', 'a gzip file'],
]);

/** A text under such a name is a download that went wrong, or a file that was renamed by hand. */
function assertNotNamed(name: string): void {
  const claimed = NAMED.get(extname(name).toLowerCase());
  if (claimed !== undefined) throw bad(name, `is not ${claimed} as its name says; if it is a CSV, call it .csv`);
}

function bad(name: string, what: string): GorodError {
  return new GorodError('BAD_INPUT', `${name}: ${what}.`);
}
