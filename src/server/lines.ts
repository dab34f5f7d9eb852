/** A line, or undefined for one that is longer than is read. */
export type Line = string | undefined;

/** So many lines are handed on at one time, at the most. */
const BATCH_LINES = 100;

/**
 * Cuts a stream of UTF-8 into lines that are not blank, a batch per piece of input. Of a line that has more than
 * `maxChars` characters nothing is held.
 */
export async function* readLines(bytes: AsyncIterable<Uint8Array>, maxChars: number): AsyncGenerator<Line[], void> {
  const decoder = new TextDecoder('utf-8');
  let begun = '';
  let isTooLong = false;

  function finish(rest: string): Line[] {
    const line = begun + rest;
    const dropped = isTooLong || line.length > maxChars;
    begun = '';
    isTooLong = false;
    if (dropped) return [undefined];
    return line.trim() === '' ? [] : [line];
  }

  for await (const piece of bytes) {
    const parts = decoder.decode(piece, { stream: true }).split('\n');
    const last = parts.pop() ?? '';
    yield* inBatches(parts.flatMap(finish));
    isTooLong ||= begun.length + last.length > maxChars;
    begun = isTooLong ? '' : begun + last;
  }
  const rest = finish(decoder.decode());
  if (rest.length > 0) yield rest;
}

function* inBatches(lines: Line[]): Generator<Line[], void> {
  for (let from = 0; from < lines.length; from += BATCH_LINES) yield lines.slice(from, from + BATCH_LINES);
}
