import { SaxesParser } from 'saxes';

/** Values of a tag by name, references resolved. Names keep their prefix: `r:id`. */
export type XmlAttributes = Readonly<Record<string, string>>;

/** What a scanner tells of the elements it meets. Names come without their prefix: `x:row` is `row`. */
export interface XmlHandler {
  open(name: string, attributes: XmlAttributes): void;
  /** Text of an element, references resolved; one text may come in several pieces. */
  text(text: string): void;
  close(name: string): void;
}

export interface XmlScanner {
  /** Takes the next piece of the document. */
  push(text: string): void;
  /** Says that the document has ended. */
  end(): void;
}

/** The document breaks the rules of XML; the message completes "broken: …". */
export class XmlFault extends Error {}

/** The parser holds a tag or a text until it ends. No workbook has longer ones, and as much is little enough to be held. */
const MOST_UNTOLD = 1 << 20;
/** The parser holds every open element. */
const DEEPEST = 256;

/**
 * Reads an XML document in pieces, in memory that does not grow with it. A document type, which could define entities,
 * is refused. Throws XmlFault.
 */
export function xmlScanner(handler: XmlHandler): XmlScanner {
  // No part of a workbook has two elements of the same local name that the reader would confuse: prefixes are cut off.
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  let untold = 0;
  let isEnding = false;

  function tellText(text: string): void {
    untold = 0;
    if (depth > 0) handler.text(text);
  }

  parser.on('opentag', ({ name, attributes }) => {
    untold = 0;
    depth += 1;
    if (depth > DEEPEST) throw new XmlFault(`its elements lie more than ${DEEPEST} deep`);
    handler.open(withoutPrefix(name), attributes);
  });
  parser.on('text', tellText);
  parser.on('cdata', tellText);
  parser.on('closetag', ({ name }) => {
    untold = 0;
    depth -= 1;
    handler.close(withoutPrefix(name));
  });
  parser.on('doctype', () => {
    throw new XmlFault('it has a document type');
  });
  parser.on('error', ({ message }) => {
    throw new XmlFault(isEnding ? 'it ends too early' : message.replace(/\.$/, ''));
  });

  return {
    push(text) {
      untold += text.length;
      parser.write(text);
      if (untold > MOST_UNTOLD) throw new XmlFault('a tag or a text is too long');
    },
    end() {
      isEnding = true;
      parser.close();
    },
  };
}

function withoutPrefix(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
