import { Fault } from './fault.ts';
import { unescapeText } from './text-escapes.ts';

/** Eight times what a cell of Excel holds. */
const LONGEST_TEXT = 1 << 18;

/**
 * Puts together the text of a `si` or `is` element: of its own `t` or of those of its runs, not of the `t` that says how
 * a text is pronounced.
 */
export function textCollector() {
  let text = '';
  let isText = false;
  let isPhonetic = false;
  return {
    open(name: string) {
      if (name === 't') isText = !isPhonetic;
      else if (name === 'rPh') isPhonetic = true;
    },
    text(piece: string) {
      if (isText) text = joined(text, piece);
    },
    close(name: string) {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
    },
    /** The text so far; the next one begins. */
    take(): string {
      const taken = unescapeText(text);
      text = '';
      return taken;
    },
  };
}

/** Appends a piece to the text of a cell. Throws Fault where that grows beyond any cell's. */
export function joined(text: string, piece: string): string {
  if (text.length + piece.length > LONGEST_TEXT) throw new Fault(`a cell has more than ${LONGEST_TEXT} characters`);
  return text + piece;
}
