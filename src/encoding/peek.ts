/** The first bytes of a stream, fewer where it has no more; the stream is let go of. */
export async function beginningOf(bytes: AsyncIterable<Uint8Array>, size: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    pieces.push(piece);
    length += piece.length;
    if (length >= size) break;
  }
  return Buffer.concat(pieces).subarray(0, size);
}

/** Looks at the first bytes of a stream that can be read only once, and hands it on from its beginning. */
export async function peek(
  bytes: AsyncIterable<Uint8Array>,
  size: number,
): Promise<{ readonly beginning: Uint8Array; readonly bytes: AsyncGenerator<Uint8Array, void> }> {
  const stream = bytes[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  while (length < size) {
    const { value, done } = await stream.next();
    if (done === true) break;
    pieces.push(value);
    length += value.length;
  }
  return { beginning: Buffer.concat(pieces).subarray(0, size), bytes: chained(pieces, stream) };
}

/** The pieces, then the rest of the stream, which is let go of when this is. */
export async function* chained(
  pieces: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* pieces;
    yield* { [Symbol.asyncIterator]: () => rest };
  } finally {
    await rest.return?.();
  }
}
