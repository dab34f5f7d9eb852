import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ABOUT } from '../../src/commands/about.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** The modules that a command loads, as V8 itself counts them. */
function loaded(...args: readonly string[]): readonly string[] {
  const coverage = folder.file('coverage');
  const cli = resolve('dist/cli.js');
  execFileSync(process.execPath, [cli, ...args], { cwd: folder.path, env: { NODE_V8_COVERAGE: coverage } });
  const files = readdirSync(coverage).map((name) => JSON.parse(readFileSync(`${coverage}/${name}`, 'utf8')));
  return files.flatMap(({ result }: { result: readonly { url: string }[] }) => result.map(({ url }) => url));
}

const packagesOf = (urls: readonly string[]) =>
  new Set(urls.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []));

describe('a command loads what it needs', () => {
  it('which is no package for --version', () => {
    expect([...packagesOf(loaded('--version'))]).toEqual([]);
  });

  it('and not the other commands, nor what answers, to explain itself', () => {
    const urls = loaded('run', '--help');
    // What is loaded lazily is built into a file of its own, which has its name.
    const commands = Object.keys(ABOUT).filter((name) => urls.some((url) => url.includes(`/dist/${name}-`)));
    expect(commands).toEqual(['run']);
    const packages = packagesOf(urls);
    for (const heavy of ['better-sqlite3', 'csv-parse', 'got', 'fastify', 'yauzl'])
      expect(packages).not.toContain(heavy);
  });

  it('and yargs for a line that is not written plainly', () => {
    expect(packagesOf(loaded('detect', '--postcode=675000', '--address=x', '--detector=local'))).toContain('yargs');
  });

  it('and nothing of networks, servers and spreadsheets for a CSV file and the local engine', () => {
    const input = resolve('fixtures/orders.csv');
    const packages = packagesOf(loaded('run', input, '-o', 'out.csv', '--detector', 'local', '--quiet'));
    expect([...packages]).toEqual(expect.arrayContaining(['better-sqlite3', 'csv-parse']));
    for (const needless of ['yargs', 'got', 'fastify', 'prom-client', 'saxes', 'yauzl', 'cli-progress', 'p-limit']) {
      expect(packages).not.toContain(needless);
    }
  });
});

describe('help', () => {
  it('lists every command, loaded or not', () => {
    const help = execFileSync(process.execPath, [resolve('dist/cli.js'), '--help'], { encoding: 'utf8' });
    for (const { command, describe: purpose } of Object.values(ABOUT)) {
      expect(help).toContain(`gorod ${command}`);
      expect(help.replace(/\s+/g, ' ')).toContain(purpose);
    }
  });

  it('explains every option of a command', () => {
    const help = execFileSync(process.execPath, [resolve('dist/cli.js'), 'run', '--help'], { encoding: 'utf8' });
    for (const option of ['--output', '--columns', '--detector', '--rate', '--lang']) expect(help).toContain(option);
  });
});
