import { decoded } from './parse-part.ts';
import { type SharedStrings, sharedStrings } from './shared-strings.ts';
import { textCollector } from './text-parts.ts';
import { xmlScanner } from './xml.ts';

/** Reads the part that holds a workbook's texts. Throws Fault and XmlFault. */
export async function readStrings(bytes: AsyncIterable<Uint8Array> | undefined): Promise<SharedStrings> {
  const strings = sharedStrings();
  if (bytes === undefined) return strings;
  const collector = textCollector();
  const scanner = xmlScanner({
    ...collector,
    close(name) {
      collector.close(name);
      if (name === 'si') strings.add(collector.take());
    },
  });
  try {
    for await (const text of decoded(bytes)) scanner.push(text);
    scanner.end();
    return strings;
  } catch (error) {
    strings[Symbol.dispose]();
    throw error;
  }
}
