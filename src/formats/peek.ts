/** Looks at the first bytes of a stream, fewer where it has no more, and gives them back. The stream may be read once. */
export async function peek(
  bytes: AsyncIterable<Uint8Array>,
  size: number,
): Promise<{ readonly beginning: Uint8Array; readonly bytes: AsyncIterable<Uint8Array> }> {
  const stream = bytes[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  while (length < size) {
    const { value, done } = await stream.next();
    if (done === true) break;
    pieces.push(value);
    length += value.length;
  }

  async function* again(): AsyncGenerator<Uint8Array, void> {
    yield* pieces;
    yield* { [Symbol.asyncIterator]: () => stream };
  }

  return { beginning: Buffer.concat(pieces).subarray(0, size), bytes: again() };
}
