import { GorodError } from '../errors.ts';
import type { Texts } from '../languages.ts';
import { decodeStrictly } from './decoder.ts';
import { type Encoding, MARK_BYTES, markedEncoding } from './encodings.ts';
import { peek } from './peek.ts';
import { type HeaderWords, type Recognised, recogniseEncoding } from './recognise.ts';
import { type ByteSource, lookAhead } from './sample.ts';
import { ENCODING_TEXTS } from './texts.ts';
import { decodeUtf8 } from './utf8.ts';

/** A text that was bytes. */
export interface DecodedText {
  readonly encoding: Encoding;
  /** Whether the bytes began with a byte-order mark; it is not part of the text. */
  readonly bom: boolean;
  /** How the encoding was settled, to be told; undefined where there is nothing to tell. */
  readonly remark: Texts | undefined;
  /** The text in pieces, the first one not empty unless the whole is. */
  readonly chunks: AsyncIterable<string>;
  /** Of UTF-8 the bytes of the text, to be read in place of `chunks`; whether they are UTF-8 all through is not checked. */
  readonly utf8?: AsyncIterable<Uint8Array>;
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
  if (encoding === undefined) throw new GorodError('BAD_INPUT', ENCODING_TEXTS.unknown(name));
  const remark = remarkOn(encoding, { marked, given, recognised });
  if (encoding === 'utf-8') {
    const { bom, utf8 } = await withoutMarkBytes(bytes);
    return { encoding, bom, remark, utf8, chunks: decodeUtf8(utf8, name) };
  }
  return { encoding, remark, ...(await withoutMark(decodeStrictly(bytes, encoding, name))) };
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

function remarkOn(encoding: Encoding, { marked, given, recognised }: Known): Texts | undefined {
  if (marked !== undefined && given !== undefined && given !== marked) {
    return ENCODING_TEXTS.markedOtherwise(encoding, given);
  }
  if (given !== undefined) return ENCODING_TEXTS.given(encoding);
  if (marked !== undefined) return marked === 'utf-8' ? undefined : ENCODING_TEXTS.marked(encoding);
  const [runnerUp, ...others] = recognised?.runnersUp ?? [];
  if (runnerUp !== undefined) {
    return ENCODING_TEXTS.doubtful(encoding, [runnerUp, ...others].join(' / '), runnerUp);
  }
  return encoding === 'utf-8' ? undefined : ENCODING_TEXTS.recognised(encoding);
}

const MARK = '\ufeff';
const UTF8_MARK = Buffer.from(MARK);

async function withoutMarkBytes(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly bom: boolean; readonly utf8: AsyncIterable<Uint8Array> }> {
  const { beginning, bytes: whole } = await peek(bytes, UTF8_MARK.length);
  const bom = UTF8_MARK.equals(beginning);
  return { bom, utf8: bom ? behind(whole, UTF8_MARK.length) : whole };
}

/** The stream without its first `skipped` bytes. */
async function* behind(bytes: AsyncIterable<Uint8Array>, skipped: number): AsyncGenerator<Uint8Array, void> {
  let left = skipped;
  for await (const piece of bytes) {
    const cut = Math.min(left, piece.length);
    left -= cut;
    if (cut < piece.length) yield piece.subarray(cut);
  }
}

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
