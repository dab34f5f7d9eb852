import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const FOLDER = 'scripts/deploy';
const UNITS = readdirSync(FOLDER).filter((name) => /\.(service|timer)$/.test(name));

interface Call {
  readonly file: string;
  readonly words: readonly string[];
  /** Names of the GOROD_ variables that are set for it. */
  readonly variables: readonly string[];
}

/** Every command line of gorod in the units and the crontab. */
function calls(): readonly Call[] {
  return readdirSync(FOLDER).flatMap((file) => {
    const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
    const variables = [...text.matchAll(/^(?:Environment=)?(GOROD_\w+)=/gm)].map(([, name = '']) => name);
    const lines = [...text.matchAll(/^(?:ExecStart=|\d.*&& )gorod (.+)$/gm)];
    return lines.map(([, line = '']) => ({ file, words: line.split(' '), variables }));
  });
}

it('every service and the crontab call gorod', () => {
  const services = UNITS.filter((name) => name.endsWith('.service'));
  expect(new Set(calls().map(({ file }) => file))).toEqual(new Set([...services, 'gorod.cron']));
  expect(calls().filter(({ file }) => file === 'gorod.cron')).toHaveLength(2);
});

describe('only options that there are stand in', () => {
  it.each(calls().map(({ file, words, variables }) => [file, words.join(' '), { words, variables }] as const))(
    '%s: gorod %s',
    async (_, __, { words, variables }) => {
      const [command = ''] = words;
      const { code, stdout } = await gorod([command, '--help']);
      expect(code).toBe(0);
      for (const option of words.filter((word) => word.startsWith('-'))) {
        expect(stdout).toMatch(new RegExp(`^ .*${option}\\b(?!-)`, 'm'));
      }
      for (const name of variables) expect(stdout).toContain(`[${name}]`);
    },
  );

  it('but no credential, in any of them', () => {
    for (const file of readdirSync(FOLDER)) {
      expect(readFileSync(`${FOLDER}/${file}`, 'utf8')).not.toMatch(/^[^#]*CDEK_/m);
    }
  });
});

it('docs/operations.md names every file', () => {
  const page = readFileSync('docs/operations.md', 'utf8');
  const shown = (name: string) => (name.endsWith('.timer') ? name.replace('.timer', '.service`, `.timer') : name);
  for (const name of readdirSync(FOLDER)) expect(page).toContain(`\`${shown(name)}\``);
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe.skipIf(!hasSystemd)('systemd', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder[Symbol.dispose]());

  it('takes the units as they are', () => {
    const program = folder.file('gorod');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
    const files = UNITS.map((name) => {
      const file = folder.file(name);
      const unit = readFileSync(`${FOLDER}/${name}`, 'utf8');
      // It looks for the program, which need not be installed here.
      writeFileSync(file, unit.replace(/^ExecStart=gorod /m, `ExecStart=${program} `));
      return file;
    });
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', ...files], { encoding: 'utf8' });
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
  });
});
