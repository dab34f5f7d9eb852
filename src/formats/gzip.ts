import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { GorodError } from '../errors.ts';
import { FORMAT_TEXTS } from './texts.ts';
import { unpackLimit } from './unpack-limit.ts';

/** Unpacks gzip, of one member or several, piece by piece. Throws GorodError BAD_INPUT where it is damaged or a bomb. */
export async function* gunzipped(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array, void> {
  const assertHarmless = unpackLimit(name);
  let packed = 0;
  let unpacked = 0;

  async function* counted(): AsyncGenerator<Uint8Array, void> {
    for await (const piece of bytes) {
      packed += piece.length;
      yield piece;
    }
  }

  const gunzip = createGunzip({ chunkSize: 1 << 16 });
  // A failure of the source destroys the stream with it, so that it is met below.
  pipeline(counted(), gunzip).catch(() => {});
  try {
    for await (const piece of gunzip as AsyncIterable<Uint8Array>) {
      unpacked += piece.length;
      assertHarmless(unpacked, packed);
      yield piece;
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'Z_BUF_ERROR') throw new GorodError('BAD_INPUT', FORMAT_TEXTS.gzipCut(name), { cause });
    if (typeof code === 'string' && code.startsWith('Z_')) {
      throw new GorodError('BAD_INPUT', FORMAT_TEXTS.gzipDamaged(name), { cause });
    }
    throw cause;
  }
}
