import { Fault } from './fault.ts';
import { type XmlAttributes, xmlScanner } from './xml.ts';

/** Reads a small part of a workbook, telling of every element that opens. Throws Fault and XmlFault. */
export async function parseXml(
  bytes: AsyncIterable<Uint8Array>,
  open: (name: string, attributes: XmlAttributes) => void,
): Promise<void> {
  const scanner = xmlScanner({ open, text() {}, close() {} });
  for await (const text of decoded(bytes)) scanner.push(text);
  scanner.end();
}

/** The text of a part: UTF-8, or UTF-16 where it begins with the mark of that. Throws Fault for anything else. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  let decoder: Decoder | undefined;
  for await (const piece of bytes) {
    decoder ??= new TextDecoder(encodingOf(piece), { fatal: true });
    yield sound(decoder, piece);
  }
  if (decoder !== undefined) yield sound(decoder, undefined);
}

type Decoder = InstanceType<typeof TextDecoder>;

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

function sound(decoder: Decoder, piece: Uint8Array | undefined): string {
  try {
    return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch (cause) {
    throw new Fault('its text is not UTF-8', { cause });
  }
}
