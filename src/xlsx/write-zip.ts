import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A part of a zip: its name, and its text, whole or in pieces that are only asked for when the parts before are written. */
export type ZipPart = readonly [name: string, text: string | Iterable<string> | AsyncIterable<string>];

/** The first day a zip knows, in the clock of any place: the same parts make the same file at any time, anywhere. */
const OPTIONS = { mtime: new Date(1980, 0, 1, 12), forceDosTimestamp: true };

/** Writes a zip file, one part after the other. What the text of a part throws comes out; the file is closed then, not removed. */
export async function writeZip(path: string, parts: Iterable<ZipPart>): Promise<void> {
  const file = await open(path, 'w');
  const zip = new ZipFile();
  const failure = new AbortController();
  let source: Readable | undefined;
  for (const [name, text] of parts) {
    zip.addReadStreamLazy(name, OPTIONS, (give) => {
      source = Readable.from(text);
      // The library does not look at the errors of what it reads from.
      source.once('error', (error) => failure.abort(error));
      give(undefined, source);
    });
  }
  zip.end();
  try {
    await pipeline(zip.outputStream, file.createWriteStream(), { signal: failure.signal });
  } catch (error) {
    throw failure.signal.aborted ? failure.signal.reason : error;
  } finally {
    source?.destroy();
    await file.close();
  }
}
