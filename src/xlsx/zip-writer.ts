import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** Writes a zip file, one part after the other. */
export interface ZipWriter {
  /** Packs the text of a part, given in pieces. */
  add(name: string, text: Iterable<string> | AsyncIterable<string>): Promise<void>;
  /** Writes the list of parts and closes the file. */
  finish(): Promise<void>;
  /** Closes the file as it is. */
  abandon(): Promise<void>;
}

interface Part {
  readonly name: string;
  readonly offset: number;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly bytes: number;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const VERSION = 20;
const DEFLATED = 8;
/** 1980-01-01 00:00, the first moment a zip knows: the same parts make the same file at any time. */
const TIME_AND_DATE = 0x0021_0000;
const FIELDS_LIMIT = 0xffff_ffff;

/** Creates a zip file (PKWARE APPNOTE 6.3, without its 64-bit fields). Names of parts are ASCII. */
export async function openZipWriter(path: string): Promise<ZipWriter> {
  const file = await open(path, 'w');
  const parts: Part[] = [];
  let end = 0;

  async function append(bytes: Uint8Array): Promise<void> {
    await writeAll(file, bytes, end);
    end += bytes.length;
  }

  return {
    async add(name, text) {
      const offset = end;
      await append(localHeader({ name, offset, checksum: 0, packedBytes: 0, bytes: 0 }));
      let checksum = 0;
      let bytes = 0;
      const start = end;
      async function* encoded(): AsyncGenerator<Buffer, void> {
        for await (const piece of text) {
          const encodedPiece = Buffer.from(piece);
          checksum = crc32(encodedPiece, checksum);
          bytes += encodedPiece.length;
          yield encodedPiece;
        }
      }
      await pipeline(encoded, createDeflateRaw({ chunkSize: 1 << 16 }), async (packed: AsyncIterable<Buffer>) => {
        for await (const piece of packed) await append(piece);
      });
      if (bytes >= FIELDS_LIMIT || end >= FIELDS_LIMIT)
        throw new RangeError('more than 4 GiB do not fit into the file');
      const part = { name, offset, checksum, packedBytes: end - start, bytes };
      await writeAll(file, localHeader(part), offset);
      parts.push(part);
    },
    async finish() {
      const start = end;
      for (const part of parts) await append(centralHeader(part));
      await append(endOfDirectory(parts.length, start, end - start));
      await file.close();
    },
    abandon: () => file.close(),
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

function localHeader(part: Part): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(LOCAL_HEADER, 0);
  writeFields(header, 4, part);
  return Buffer.concat([header, Buffer.from(part.name, 'ascii')]);
}

function centralHeader(part: Part): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(CENTRAL_HEADER, 0);
  header.writeUInt16LE(VERSION, 4);
  writeFields(header, 6, part);
  header.writeUInt32LE(part.offset, 42);
  return Buffer.concat([header, Buffer.from(part.name, 'ascii')]);
}

/** The fields that a part's two headers share. */
function writeFields(header: Buffer, at: number, { name, checksum, packedBytes, bytes }: Part): void {
  header.writeUInt16LE(VERSION, at);
  header.writeUInt16LE(DEFLATED, at + 4);
  header.writeUInt32LE(TIME_AND_DATE, at + 6);
  header.writeUInt32LE(checksum, at + 10);
  header.writeUInt32LE(packedBytes, at + 14);
  header.writeUInt32LE(bytes, at + 18);
  header.writeUInt16LE(name.length, at + 22);
}

function endOfDirectory(parts: number, start: number, bytes: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(END_OF_DIRECTORY, 0);
  record.writeUInt16LE(parts, 8);
  record.writeUInt16LE(parts, 10);
  record.writeUInt32LE(bytes, 12);
  record.writeUInt32LE(start, 16);
  return record;
}
