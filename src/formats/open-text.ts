import { extname } from 'node:path';
import { beginningOf, peek } from '../encoding/peek.ts';
import type { ByteSource } from '../encoding/sample.ts';
import { GorodError } from '../errors.ts';
import type { Texts } from '../languages.ts';
import { gunzipped } from './gzip.ts';
import type { Input } from './input.ts';
import { type Content, contentOf, MAGIC_BYTES } from './magic.ts';
import { CLAIMED_TEXTS, FORMAT_TEXTS, HELD_TEXTS } from './texts.ts';
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
      if (file === undefined) throw bad(name, HELD_TEXTS.pipedZip);
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
      throw bad(name, HELD_TEXTS[whole.content]);
  }
}

/** What was unpacked has to be a text. */
async function textIn(source: ByteSource, name: string, inner?: string): Promise<ByteSource> {
  const unpacked = await peeked(source);
  if (unpacked.content === 'text') return unpacked.source;
  throw bad(inner === undefined ? name : FORMAT_TEXTS.within(name, inner), HELD_TEXTS[unpacked.content]);
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

/** A text under such a name is a download that went wrong, or a file that was renamed by hand. */
function assertNotNamed(name: string): void {
  const claimed = CLAIMED_TEXTS[extname(name).toLowerCase()];
  if (claimed !== undefined) throw bad(name, FORMAT_TEXTS.notAsNamed(claimed));
}

function bad(name: string | Texts, what: Texts): GorodError {
  return new GorodError('BAD_INPUT', FORMAT_TEXTS.bad(name, what));
}
