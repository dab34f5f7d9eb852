/** A text that is read piece by piece, and of which what was read too far can be given back. */
export interface TextSource {
  /** The next piece, of `atLeast` characters where so many are left; undefined at the end. */
  next(atLeast?: number): Promise<string | undefined>;
  /** Gives the end of the last piece back, to be read again. */
  unread(text: string): void;
}

/** Makes one of a stream of pieces. Rejects with what the stream rejects with. */
export function textSource(chunks: AsyncIterable<string>): TextSource {
  const stream = chunks[Symbol.asyncIterator]();
  let waiting = '';
  return {
    async next(atLeast = 1) {
      const pieces = [waiting];
      let length = waiting.length;
      waiting = '';
      while (length < atLeast) {
        const { value, done } = await stream.next();
        if (done === true) break;
        pieces.push(value);
        length += value.length;
      }
      return length === 0 ? undefined : pieces.join('');
    },
    unread(text) {
      waiting = text + waiting;
    },
  };
}

/**
 * The text up to the end of the line, without that end, as a stream of pieces; the source then stands on the next line.
 * Reading may be broken off and taken up again: what was handed out is not handed out twice.
 */
export function lineInPieces(source: TextSource, newline: '\n' | '\r'): AsyncIterable<string> {
  let carriageReturn = '';
  let ended = false;

  async function next(): Promise<IteratorResult<string, undefined>> {
    const piece = ended ? undefined : await source.next();
    if (piece === undefined) {
      ended = true;
      return { value: undefined, done: true };
    }
    const text = carriageReturn + piece;
    const end = text.indexOf(newline);
    if (end !== -1) {
      ended = true;
      source.unread(text.slice(end + 1));
      return { value: text.slice(0, text[end - 1] === '\r' ? end - 1 : end), done: false };
    }
    // It may be half of the line end.
    carriageReturn = text.endsWith('\r') ? '\r' : '';
    return { value: text.slice(0, text.length - carriageReturn.length), done: false };
  }

  return { [Symbol.asyncIterator]: () => ({ next }) };
}
