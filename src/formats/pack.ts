import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { OutputFormat } from './output-format.ts';

/** Makes of the UTF-8 CSV in the first file the second one, as it is to be handed over; the same bytes every time. */
export type Packing = (csvFile: string, packedFile: string) => Promise<void>;

/** How a finished CSV is packed; undefined where it is handed over as it is. */
export function packingOf({ container }: OutputFormat, delimiter: string): Packing | undefined {
  if (container === 'plain') return undefined;
  if (container === 'gzip') return gzip;
  return async (csvFile, xlsxFile) => {
    const { writeXlsx } = await import('../xlsx/write.ts');
    await writeXlsx(csvFile, xlsxFile, { delimiter });
  };
}

/** Node writes no time into a gzip header. */
async function gzip(csvFile: string, packedFile: string): Promise<void> {
  await pipeline(createReadStream(csvFile), createGzip(), createWriteStream(packedFile, { mode: 0o666 }));
}
