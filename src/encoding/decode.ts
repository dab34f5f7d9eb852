import { GorodError } from '../errors.ts';
import { decodeStrictly } from './decoder.ts';
import { type Encoding, MARK_BYTES, markedEncoding } from './encodings.ts';
import { peek } from './peek.ts';
import { type HeaderWords, type Recognised, recogniseEncoding } from './recognise.ts';
import { type ByteSource, lookAhead } from './sample.ts';
import { decodeUtf8 } from './utf8.ts';

/** A text that was bytes. */
export interface DecodedText {
  readonly encoding: Encoding;
  /** Whether the bytes began with a byte-order mark; it is not part of the text. */
  readonly bom: boolean;
  /** How the encoding was settled, to be told; undefined where there is nothing to tell. */
  readonly remark: string | undefined;
  /** The text in pieces, the first one not empty unless the whole is. */
  readonly chunks: AsyncIterable<string>;
}

export interface DecodeOptions {
  /** For messages. */
  readonly name: string;
  /** Undefined: told from the bytes. */
  readonly encoding: Encoding | undefined;
  readonly headerWords: HeaderWords;
}

/**
 * Decodes a text, telling its encoding where it is not given. Nothing is ever turned into wrong letters silently: throws
 * GorodError BAD_INPUT, also while the text is read, naming the line and the flag that settles it.
 */
export async function decodeText(source: ByteSource, options: DecodeOptions): Promise<DecodedText> {
  const { name, encoding: given } = options;
  const { bytes, sample } = await (given === undefined ? lookAhead(source) : glance(source));
  const marked = markedEncoding(sample.beginning);
  const recognised = given === undefined ? recogniseEncoding(sample, options.headerWords) : undefined;
  const encoding = marked ?? given ?? recognised?.encoding;
  if (encoding === undefined) throw unknownEncoding(name);
  const pieces = encoding === 'utf-8' ? decodeUtf8(bytes, name) : decodeStrictly(bytes, encoding, name);
  const { bom, chunks } = await withoutMark(pieces);
  return { encoding, bom, remark: remarkOn(encoding, { marked, given, recognised }), chunks };
}

/** Where the encoding is given, only a byte-order mark is looked for. */
async function glance(source: ByteSource): ReturnType<typeof lookAhead> {
  const { beginning, bytes } = await peek(source.read(), MARK_BYTES);
  return { bytes, sample: { beginning, bytes: beginning, isWhole: false } };
}

interface Known {
  readonly marked: Encoding | undefined;
  readonly given: Encoding | undefined;
  readonly recognised: Recognised | undefined;
}

function remarkOn(encoding: Encoding, { marked, given, recognised }: Known): string | undefined {
  if (marked !== undefined && given !== undefined && given !== marked) {
    return `encoding ${encoding} (its byte-order mark says so; --encoding ${given} does not hold for it)`;
  }
  if (given !== undefined) return `encoding ${encoding} (given)`;
  if (marked !== undefined) return marked === 'utf-8' ? undefined : `encoding ${encoding} (byte-order mark)`;
  const runnersUp = recognised?.runnersUp ?? [];
  if (runnersUp.length > 0) {
    const [runnerUp] = runnersUp;
    return `encoding ${encoding} (recognised, but ${runnersUp.join(' and ')} may be meant: look at the letters of the output, or say --encoding ${runnerUp})`;
  }
  return encoding === 'utf-8' ? undefined : `encoding ${encoding} (recognised)`;
}

const MARK = '\ufeff';

async function withoutMark(
  pieces: AsyncGenerator<string, void>,
): Promise<{ readonly bom: boolean; readonly chunks: AsyncIterable<string> }> {
  let first = '';
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) break;
    first = next.value;
    if (first !== '') break;
  }
  const bom = first.startsWith(MARK);
  return { bom, chunks: prepended(bom ? first.slice(1) : first, pieces) };
}

async function* prepended(head: string, tail: AsyncIterable<string>): AsyncGenerator<string, void> {
  yield head;
  yield* tail;
}

function unknownEncoding(name: string): GorodError {
  return new GorodError(
    'BAD_INPUT',
    `${name}: its text is neither UTF-8 nor looks like UTF-16, GB18030, windows-1251 or KOI8-R. ` +
      'Save it as "CSV UTF-8", or name its encoding with --encoding.',
  );
}
