import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const SAMPLE_BYTES = 1 << 20;

/** A short text that changes when a file is replaced or written to: size, time of change, hash of its beginning. */
export async function fileFingerprint(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size, mtimeMs } = await file.stat();
    const beginning = Buffer.alloc(Math.min(size, SAMPLE_BYTES));
    await file.read(beginning, 0, beginning.length, 0);
    return `${size}-${mtimeMs}-${createHash('sha256').update(beginning).digest('hex').slice(0, 16)}`;
  } finally {
    await file.close();
  }
}

/** A short text that changes when any of the values does. */
export function valuesFingerprint(values: unknown): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}

/** What a file holds, and by what its being unchanged is seen without reading it. */
export interface FileContent {
  readonly size: number;
  readonly mtimeMs: number;
  readonly sha256: string;
}

/** Reads a whole file for its content. */
export async function fileContent(path: string): Promise<FileContent> {
  const file = await open(path, 'r');
  try {
    const { size, mtimeMs } = await file.stat();
    const hash = createHash('sha256');
    for await (const piece of file.createReadStream({ autoClose: false, start: 0 })) hash.update(piece as Buffer);
    return { size, mtimeMs, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}
