import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, openPromise } from 'yauzl';
import { Fault } from './fault.ts';
import { LARGEST_PART } from './limits.ts';
import { XLSX_TEXTS } from './texts.ts';

/** The parts of a workbook: the files in its zip. */
export interface Archive {
  /** Whether there is a part of this name; case does not matter. */
  has(name: string): boolean;
  /** The bytes of a part, checked against their checksum when the last one is read. Throws Fault. */
  read(name: string): AsyncGenerator<Uint8Array, void>;
  close(): void;
}

const MOST_PARTS = 100_000;
/** What a part may be without being looked at for its ratio, and the ratio that no real sheet reaches (they take 5 to 40). */
const HARMLESS_BYTES = 64 << 20;
const HIGHEST_RATIO = 200;

/** Opens a zip file. Throws Fault where it is broken or cut short. */
export async function openArchive(file: string): Promise<Archive> {
  const zip = await openPromise(file, { autoClose: false, lazyEntries: true, validateEntrySizes: false }).catch(broken);
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName.replace(/^\//, '').toLowerCase(), entry);
      if (entries.size > MOST_PARTS) throw new Fault(`it holds more than ${MOST_PARTS} files`);
    }
  } catch (cause) {
    zip.close();
    throw cause instanceof Fault ? cause : broken(cause);
  }
  return {
    has: (name) => entries.has(name.toLowerCase()),
    async *read(name) {
      const entry = entries.get(name.toLowerCase());
      if (entry === undefined) throw new Fault(`its part ${name} is missing`);
      assertReadable(entry);
      let size = 0;
      let sum = 0;
      try {
        const stored = await zip.openReadStreamPromise(entry, { decodeFileData: false });
        const bytes = entry.compressionMethod === 0 ? stored : createInflateRaw({ chunkSize: 1 << 16 });
        // The error of either stream comes out of the loop below.
        if (bytes !== stored) pipeline(stored, bytes as ReturnType<typeof createInflateRaw>, () => {});
        for await (const piece of bytes as AsyncIterable<Buffer>) {
          size += piece.length;
          if (size > entry.uncompressedSize) throw new Fault(`its part ${name} is longer than it says`);
          sum = crc32(piece, sum);
          yield piece;
        }
      } catch (cause) {
        throw cause instanceof Fault ? cause : broken(cause);
      }
      if (size !== entry.uncompressedSize || sum !== entry.crc32) throw new Fault(`its part ${name} is damaged`);
    },
    close: () => zip.close(),
  };
}

function assertReadable({ fileName, compressedSize, uncompressedSize, compressionMethod, ...entry }: Entry): void {
  if ((entry.generalPurposeBitFlag & 1) !== 0) throw new Fault(XLSX_TEXTS.protected);
  if (compressionMethod !== 0 && compressionMethod !== 8)
    throw new Fault(`its part ${fileName} is packed in another way`);
  const isBomb = uncompressedSize > HARMLESS_BYTES && uncompressedSize > HIGHEST_RATIO * compressedSize;
  if (isBomb || uncompressedSize > LARGEST_PART) {
    throw new Fault(
      `its part ${fileName} would grow from ${compressedSize} to ${uncompressedSize} bytes, which no real sheet does`,
    );
  }
}

function broken(cause: unknown): never {
  throw new Fault(XLSX_TEXTS.cutShort(cause instanceof Error ? cause.message : String(cause)), { cause });
}
