import { Readable, Writable } from 'node:stream';

/** A response that is held back at first, so that an early error can still be told as one. */
export interface HeldResponse {
  /** Where the body is written. */
  readonly writable: Writable;
  /** The body as it is to be sent. */
  readonly readable: Readable;
  /** Resolves when as much was written as is held. */
  readonly full: Promise<void>;
}

/** Holds `bytes` of a body; from then on writing waits until it is read. */
export function heldResponse(bytes: number): HeldResponse {
  let goOn: (() => void) | undefined;
  const { promise: full, resolve: becomeFull } = deferred();
  const readable = new Readable({
    highWaterMark: bytes,
    read() {
      const written = goOn;
      goOn = undefined;
      written?.();
    },
    destroy(error, done) {
      // Whoever still writes must hear of it.
      writable.destroy(error ?? new Error('the response is closed'));
      done(error);
    },
  });
  const writable = new Writable({
    decodeStrings: true,
    write(piece: Buffer, _, written) {
      if (readable.push(piece)) return written();
      goOn = written;
      becomeFull();
    },
    final(done) {
      readable.push(null);
      done();
    },
  });
  writable.on('error', () => {});
  return { writable, readable, full };
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
