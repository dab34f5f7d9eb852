import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { value } from '../../config/option.ts';
import { duration, httpUrl } from '../../config/parsers.ts';
import { type Arguments, resolveOptions } from '../../config/resolve.ts';
import { yargsOptions } from '../../config/yargs-options.ts';
import type { Terminal } from '../terminal.ts';
import { requireOutput } from './import.ts';

const GROUP = 'Where from';

/** Options of `gorod gazetteer download`; the addresses are the publishers' own. */
export const DOWNLOAD_OPTIONS = {
  hflabsUrl: value(
    {
      group: GROUP,
      describe: 'Address of city.csv of hflabs/city',
      placeholder: 'URL',
      default: 'https://raw.githubusercontent.com/hflabs/city/master/city.csv',
    },
    httpUrl,
  ),
  geonamesUrl: value(
    {
      group: GROUP,
      describe: "Address of GeoNames' postal codes of Russia",
      placeholder: 'URL',
      default: 'https://download.geonames.org/export/zip/RU.zip',
    },
    httpUrl,
  ),
  downloadTimeout: value(
    {
      group: GROUP,
      describe: 'Longest wait for one file',
      placeholder: 'TIME',
      default: 120_000,
      defaultText: '2m',
    },
    duration,
  ),
} as const;

/** `gorod gazetteer download -o GAZETTEER.sqlite`: fetches the free sources and imports them, naming their licences. */
export function downloadCommand(terminal: Terminal): CommandModule<object, Arguments> {
  return {
    command: 'download',
    describe: 'Fetch the free sources (hflabs/city, GeoNames postal codes) and add them to a gazetteer file',
    builder: (yargs) =>
      yargs
        .options(yargsOptions(DOWNLOAD_OPTIONS))
        .option('output', { alias: 'o', type: 'string', requiresArg: true, describe: 'The gazetteer file' }),
    handler: async (args) => {
      const output = requireOutput(args.output);
      const { hflabsUrl, geonamesUrl, downloadTimeout } = resolveOptions(DOWNLOAD_OPTIONS, args, terminal.env);
      const folder = mkdtempSync(join(tmpdir(), 'gorod-download-'));
      try {
        const sources = [
          // First the one with codes: what an earlier source says stays.
          { format: 'hflabs', url: hflabsUrl, file: join(folder, 'city.csv') },
          { format: 'geonames', url: geonamesUrl, file: join(folder, 'RU.zip') },
        ] as const;
        await fetchAll(sources, downloadTimeout, terminal);
        await importAll(sources, output, terminal);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

interface Fetched {
  readonly format: 'hflabs' | 'geonames';
  readonly url: string;
  readonly file: string;
}

async function fetchAll(sources: readonly Fetched[], timeoutMs: number, terminal: Terminal): Promise<void> {
  const { download } = await import('../../gazetteer/download.ts');
  const { FORMATS } = await import('../../gazetteer/import/recognise.ts');
  for (const { format, url, file } of sources) {
    const bytes = await download({ url, file, timeoutMs, signal: terminal.signal });
    const { title, licence } = FORMATS[format];
    terminal.stdout.write(`${title} (${licence}): ${bytes} bytes from ${url}\n`);
  }
}

async function importAll(sources: readonly Fetched[], output: string, terminal: Terminal): Promise<void> {
  const { importFiles } = await import('../../gazetteer/import-files.ts');
  const { renderFileReport } = await import('../../gazetteer/import-report.ts');
  importFiles({ files: sources.map(({ file }) => file), output }, (report) => {
    terminal.stdout.write(renderFileReport(report));
  });
  terminal.stdout.write(`${output} is complete; use it with --gazetteer ${output}, and credit the sources above\n`);
}
