/** What a scanner tells of the elements it meets. Names come without their prefix: `x:row` is `row`. */
export interface XmlHandler {
  /** `attributes` is the text between the name and the end of the tag; see `attribute`. */
  open(name: string, attributes: string): void;
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

/** More than any tag of a workbook has, and little enough to be held. */
const LONGEST_TAG = 1 << 20;
const LONGEST_REFERENCE = 12;

/**
 * Reads an XML document in pieces, in memory that does not grow with it. It knows what workbooks are made of: elements,
 * attributes, text, CDATA, comments, the five named entities and character references. A document type, which could
 * define entities, is refused. Throws XmlFault.
 */
export function xmlScanner(handler: XmlHandler): XmlScanner {
  const opened: string[] = [];
  let rest = '';
  let hasRoot = false;

  /** Handles the markup at `start`, returns the index behind it, or -1 where its end is not there yet. */
  function markup(text: string, start: number): number {
    if (text.startsWith('<!--', start)) return behind(text, '-->', start + 4);
    if (text.startsWith('<?', start)) return behind(text, '?>', start + 2);
    if (text.startsWith('<![CDATA[', start)) {
      const end = text.indexOf(']]>', start);
      if (end === -1) return -1;
      handler.text(withLineFeeds(text.slice(start + 9, end)));
      return end + 3;
    }
    if (text[start + 1] === '!') {
      if (text.length - start < 9) return -1;
      throw new XmlFault('it has a document type');
    }
    return tag(text, start);
  }

  function tag(text: string, start: number): number {
    const end = tagEnd(text, start);
    if (end === -1) return -1;
    if (text.charCodeAt(start + 1) === SLASH) {
      const name = text.slice(start + 2, end).trimEnd();
      if (opened.pop() !== name) throw new XmlFault(`</${name.slice(0, 40)}> closes what is not open`);
      handler.close(withoutPrefix(name));
      return end + 1;
    }
    const isEmpty = text.charCodeAt(end - 1) === SLASH;
    const inside = text.slice(start + 1, isEmpty ? end - 1 : end);
    const space = inside.search(/[ \t\r\n]/);
    const name = space === -1 ? inside : inside.slice(0, space);
    if (name === '') throw new XmlFault('a tag has no name');
    if (opened.length === 0 && hasRoot) throw new XmlFault('it has two roots');
    hasRoot = true;
    handler.open(withoutPrefix(name), space === -1 ? '' : inside.slice(space));
    if (isEmpty) handler.close(withoutPrefix(name));
    else opened.push(name);
    return end + 1;
  }

  function characters(text: string): void {
    if (opened.length > 0) handler.text(resolved(withLineFeeds(text)));
    else if (/[^\s\ufeff]/.test(text)) throw new XmlFault('there is text outside its root');
  }

  return {
    push(piece) {
      const text = rest === '' ? piece : rest + piece;
      let at = 0;
      while (at < text.length) {
        const mark = text.indexOf('<', at);
        if (mark === -1) {
          const end = wholeReferences(text, at);
          if (end > at) characters(text.slice(at, end));
          at = end;
          break;
        }
        if (mark > at) characters(text.slice(at, mark));
        at = mark;
        const next = markup(text, mark);
        if (next === -1) break;
        at = next;
      }
      rest = text.slice(at);
      if (rest.length > LONGEST_TAG) throw new XmlFault('a tag is too long');
    },
    end() {
      if (rest.trim() !== '' || opened.length > 0 || !hasRoot) throw new XmlFault('it ends too early');
    },
  };
}

/** The value of an attribute in the text of a tag, references resolved. The name may have a prefix: `r:id`. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let at = 0; ; ) {
    const equals = attributes.indexOf('=', at);
    if (equals === -1) return undefined;
    let open = equals + 1;
    while (isSpace(attributes.charCodeAt(open))) open += 1;
    const close = attributes.indexOf(attributes[open] === "'" ? "'" : '"', open + 1);
    if (close === -1) throw new XmlFault('an attribute has no value');
    if (attributes.slice(at, equals).trim() === name) return resolved(attributes.slice(open + 1, close));
    at = close + 1;
  }
}

const SLASH = 0x2f;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function behind(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end === -1 ? -1 : end + mark.length;
}

/** Index of the `>` that ends a tag: one that is in no attribute's value. */
function tagEnd(text: string, start: number): number {
  const end = text.indexOf('>', start);
  if (end === -1) return -1;
  let quote = firstQuote(text, start, end);
  if (quote === -1) return end;
  let at = end;
  for (;;) {
    const close = text.indexOf(text[quote] ?? '"', quote + 1);
    if (close === -1) return -1;
    if (close > at) at = text.indexOf('>', close);
    if (at === -1) return -1;
    quote = firstQuote(text, close + 1, at);
    if (quote === -1) return at;
  }
}

function firstQuote(text: string, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22 || code === 0x27) return at;
  }
  return -1;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function withoutPrefix(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** XML has one line end, however the document was written. */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Where text may be cut so that no reference and no line end is cut in two. */
function wholeReferences(text: string, from: number): number {
  if (text.endsWith('\r')) return Math.max(from, text.length - 1);
  const mark = text.lastIndexOf('&');
  if (mark < from || text.length - mark > LONGEST_REFERENCE || text.indexOf(';', mark) !== -1) return text.length;
  return mark;
}

function resolved(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]*);?/g, (reference, name: string) => {
    const known = reference.endsWith(';') ? (NAMED[name] ?? numbered(name)) : undefined;
    if (known === undefined) throw new XmlFault(`"${reference.slice(0, 20)}" stands for nothing`);
    return known;
  });
}

function numbered(name: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name) ?? [];
  const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN);
  const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}
