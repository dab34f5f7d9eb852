import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XmlFault, xmlScanner } from '../../src/xlsx/xml.ts';

/** What a scanner tells of a document that comes in these pieces, texts joined. */
function scanned(pieces: Iterable<string>): string[] {
  const told: string[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') told.push(`text ${text}`);
    text = '';
  };
  const scanner = xmlScanner({
    open(name, attributes) {
      flush();
      told.push(['open', name, ...Object.entries(attributes).map(([key, value]) => `${key}=${value}`)].join(' '));
    },
    text(piece) {
      text += piece;
    },
    close(name) {
      flush();
      told.push(`close ${name}`);
    },
  });
  for (const piece of pieces) scanner.push(piece);
  scanner.end();
  return told;
}

const DOCUMENT =
  '\ufeff<?xml version="1.0"?>\n<!-- <not> --><x:a xmlns:x="u" b="1>2" c=\'"\'><e/>5 &lt; 6 &amp; &#1078;&#x1F600;\r\n<![CDATA[<raw> & ]]><d f = "g" />t</x:a>\n';

describe('the XML scanner', () => {
  it('tells elements without their prefix, texts with their references resolved', () => {
    expect(scanned([DOCUMENT])).toEqual([
      'open a xmlns:x=u b=1>2 c="',
      'open e',
      'close e',
      'text 5 < 6 & ж😀\n<raw> & ',
      'open d f=g',
      'close d',
      'text t',
      'close a',
    ]);
  });

  it('tells the same wherever the document is cut into pieces', () => {
    const whole = scanned([DOCUMENT]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(DOCUMENT.length), { maxLength: 12 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), DOCUMENT.length];
        const pieces = at.slice(1).map((end, index) => DOCUMENT.slice(at[index], end));
        expect(scanned(pieces)).toEqual(whole);
      }),
    );
  });

  it.each([
    ['a document that is cut off', '<a><b></b>'],
    ['a tag that is cut off', '<a><b'],
    ['nothing at all', '  '],
    ['tags that do not match', '<a><b></a></b>'],
    ['a tag too many', '<a></a></a>'],
    ['two roots', '<a/><b/>'],
    ['text outside the root', '<a/>x'],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY e "e">]><a>&e;</a>'],
    ['an unknown reference', '<a>&nbsp;</a>'],
    ['a lone ampersand', '<a>R & D</a>'],
    ['half a character', '<a>&#xD83D;</a>'],
    ['a character that is none', '<a>&#x110000;</a>'],
  ])('refuses %s', (_, document) => {
    expect(() => scanned([document])).toThrow(XmlFault);
  });

  it('says what is wrong', () => {
    expect(() => scanned(['<a><b></a>'])).toThrow(/^unexpected close tag$/);
    expect(() => scanned(['<!DOCTYPE a><a/>'])).toThrow('it has a document type');
    expect(() => scanned(['<a>'])).toThrow('it ends too early');
    expect(() => scanned(['<a>'.repeat(257)])).toThrow('its elements lie more than 256 deep');
  });

  it.each([
    ['a text', '<a>'],
    ['a tag', '<a b="'],
    ['a comment', '<!--'],
    ['a document type', '<!DOCTYPE a ['],
  ])('holds no more of %s without end than a MiB', (_, beginning) => {
    function* endless() {
      yield beginning;
      for (let pieces = 0; pieces < 17; pieces += 1) yield ' '.repeat(1 << 16);
    }
    expect(() => scanned(endless())).toThrow('a tag or a text is too long');
  });

  it('reads any text or throws an XmlFault', () => {
    const marks = fc.constantFrom(
      '<',
      '>',
      '/',
      '</',
      '/>',
      '<a',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '&',
      ';',
    );
    const words = fc.constantFrom(
      '<!DOCTYPE',
      '[',
      ']',
      '"',
      "'",
      '=',
      ' ',
      'a',
      '#x41',
      '\r',
      '\n',
      '😀',
      'xml',
      '!',
      '-',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(marks, words, fc.string({ unit: 'grapheme' })), { maxLength: 30 }), (pieces) => {
        try {
          scanned(['<a>', ...pieces, '</a>']);
        } catch (error) {
          expect(error).toBeInstanceOf(XmlFault);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('tells of attributes by their whole name, in either quotes', () => {
    expect(scanned([`<x xmlns:r="u" r:id="2" id = 'a&quot;"' s=""/>`])).toEqual([
      'open x xmlns:r=u r:id=2 id=a"" s=',
      'close x',
    ]);
  });
});
