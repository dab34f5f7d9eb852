/** One record of a CSV text as it stands there, without its line end. */
export interface RawRecord {
  readonly text: string;
  /** The line, from 1, on which it begins. */
  readonly line: number;
  /** A quotation mark is out of place or never closed; `text` is then the physical line. */
  readonly broken: boolean;
}

export interface RecordSplitter {
  /** Takes the next piece of text and returns the records that are complete by now. Blank lines are no records. */
  push(text: string): RawRecord[];
  /** Returns what is left when the text has ended. */
  end(): RawRecord[];
  /** How many characters wait for the end of their record. */
  pending(): number;
  /** Takes out what waits where it is the beginning of a line that is longer than `maxRecordBytes`; push what follows it. */
  takeLongLine(): { readonly text: string; readonly line: number } | undefined;
}

export interface RecordSyntax {
  /** One character. */
  readonly delimiter: string;
  /** What ends a line; a `\r` before `\n` is taken off. */
  readonly newline: '\n' | '\r';
  /** A record of several lines that is longer than this counts as broken, so that memory stays bounded. */
  readonly maxRecordBytes: number;
}

const QUOTE = '"';
const NEED_MORE = -1;
const BROKEN = -2;

/**
 * Cuts CSV text into records at line ends outside quotation marks, keeping each record as it is written.
 * A record that breaks the rules of quoting costs only its own physical line: reading goes on with the next one.
 * `firstLine`: the line on which the text begins.
 */
export function recordSplitter(syntax: RecordSyntax, firstLine = 1): RecordSplitter {
  // A carriage return at the end may be half of the line end.
  const longestPending = syntax.maxRecordBytes + 1;
  let rest = '';
  let line = firstLine;

  function split(text: string, ended: boolean): RawRecord[] {
    const records: RawRecord[] = [];
    let start = 0;
    let quote = text.indexOf(QUOTE);
    while (start < text.length) {
      if (quote !== -1 && quote < start) quote = text.indexOf(QUOTE, start);
      const lineEnd = text.indexOf(syntax.newline, start);
      const quoted = quote !== -1 && (lineEnd === -1 || quote < lineEnd);
      if (lineEnd === -1 && !ended && !quoted) break;
      const physicalEnd = lineEnd === -1 ? text.length : lineEnd;
      let end = quoted ? recordEnd(text, start, syntax, ended) : physicalEnd;
      if (end === NEED_MORE) {
        if (!ended && text.length - start <= longestPending) break;
        end = BROKEN;
      }
      if (end > physicalEnd && isLonger(withoutCarriageReturn(text, start, end), syntax.maxRecordBytes)) end = BROKEN;
      const broken = end === BROKEN;
      if (broken && lineEnd === -1 && !ended) break;
      if (broken) end = physicalEnd;
      const record = withoutCarriageReturn(text, start, end);
      if (record !== '') records.push({ text: record, line, broken });
      line += 1 + (quoted && !broken ? count(record, syntax.newline) : 0);
      start = end + 1;
    }
    rest = start === 0 ? text : text.slice(start);
    return records;
  }

  return {
    push: (text) => split(rest === '' ? text : rest + text, false),
    end: () => split(rest, true),
    pending: () => rest.length,
    takeLongLine() {
      if (rest.length <= longestPending) return undefined;
      const taken = { text: rest, line };
      rest = '';
      line += 1;
      return taken;
    },
  };
}

/** Whether a text takes more than so many bytes in UTF-8. */
export function isLonger(text: string, bytes: number): boolean {
  return text.length > bytes || (text.length * 3 > bytes && Buffer.byteLength(text) > bytes);
}

/** Index of the line end that closes the record at `start`, or NEED_MORE, or BROKEN. */
function recordEnd(text: string, start: number, { delimiter, newline }: RecordSyntax, ended: boolean): number {
  let at = start;
  for (;;) {
    if (text[at] === QUOTE) {
      at = afterClosingQuote(text, at);
      if (at === NEED_MORE) return NEED_MORE;
      if (at >= text.length || (text[at] === '\r' && at + 1 >= text.length)) return ended ? text.length : NEED_MORE;
      if (text[at] === '\r' && newline === '\n' && text[at + 1] === '\n') return at + 1;
    } else {
      while (at < text.length && text[at] !== delimiter && text[at] !== newline && text[at] !== QUOTE) at += 1;
      if (at >= text.length) return ended ? text.length : NEED_MORE;
    }
    if (text[at] === newline) return at;
    if (text[at] !== delimiter) return BROKEN;
    at += 1;
  }
}

function afterClosingQuote(text: string, opening: number): number {
  let at = opening + 1;
  for (;;) {
    at = text.indexOf(QUOTE, at);
    if (at === -1) return NEED_MORE;
    if (text[at + 1] !== QUOTE) return at + 1;
    at += 2;
  }
}

function withoutCarriageReturn(text: string, start: number, end: number): string {
  return text.slice(start, end > start && text[end - 1] === '\r' ? end - 1 : end);
}

function count(text: string, mark: string): number {
  let found = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) found += 1;
  return found;
}
