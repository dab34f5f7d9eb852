import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;
beforeAll(() => {
  folder = temporaryFolder();
  const command = `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/cli.js')}' "$@"\n`;
  writeFileSync(folder.file('gorod'), command);
  chmodSync(folder.file('gorod'), 0o755);
});
afterAll(() => folder[Symbol.dispose]());

/** What bash offers for the last of the words, by the function that the printed script registers. */
function offered(...words: readonly string[]): readonly string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const script = `
    source <(gorod completion)
    function_name=$(complete -p gorod | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
    COMP_WORDS=(gorod ${quoted})
    COMP_CWORD=${words.length}
    "$function_name"
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { PATH: `${folder.path}:${process.env.PATH ?? ''}`, SHELL: '/bin/bash' };
  return execFileSync('bash', ['--norc', '-c', script], { env, encoding: 'utf8' }).split('\n').filter(Boolean);
}

describe('completion in bash', () => {
  it('offers commands', () => {
    expect(offered('c')).toEqual(['check', 'cache', 'completion']);
    expect(offered('cache', 'st')).toEqual(['stats']);
  });

  it('offers the options of the command, not those that are given', () => {
    expect(offered('run', 'orders.csv', '--fail')).toEqual(['--fail-on']);
    expect(offered('check', 'orders.csv', '--output')).toEqual([]);
    expect(offered('run', '--lang', 'ru', '--la')).toEqual([]);
  });

  it('offers the words that an option takes', () => {
    expect(offered('run', 'orders.csv', '--lang', '')).toEqual(['en', 'zh', 'ru']);
    expect(offered('check', 'orders.csv', '--log-format', 'j')).toEqual(['json']);
    expect(offered('run', 'orders.csv', '--detector', 'l')).toEqual(['local']);
  });

  it('leaves file names to the shell', () => {
    expect(offered('run', 'ord')).toEqual([]);
  });
});

it('prints a script for zsh in zsh', async () => {
  const { stdout } = await gorod(['completion'], { env: { SHELL: '/usr/bin/zsh' } });
  expect(stdout).toMatch(/^#compdef gorod/);
});

describe('completion in zsh', () => {
  /** What the function of the script asks for the words of a line, of which the last is being typed. */
  const asked = async (...words: readonly string[]) => {
    const env = { SHELL: '/usr/bin/zsh' };
    const { stdout } = await gorod(['--get-yargs-completions', 'gorod', ...words], { env });
    return stdout.split('\n').filter(Boolean);
  };

  it('is asked for as the script asks, and offers commands with what they do', async () => {
    const { stdout } = await gorod(['completion'], { env: { SHELL: '/usr/bin/zsh' } });
    expect(stdout).toMatch(/ gorod --get-yargs-completions "\$\{words\[@\]\}"/);
    // What fits the beginning of the word is for zsh to tell.
    expect((await asked('che')).join('\n')).toMatch(/^check:Judge shipment files before import/m);
  });

  it('offers options, and the words that an option takes', async () => {
    expect((await asked('run', 'orders.csv', '--fail')).join('\n')).toMatch(/^--fail-on:End with 4/m);
    expect(await asked('run', 'orders.csv', '--lang', '')).toEqual(['en', 'zh', 'ru']);
  });

  const noZsh = spawnSync('zsh', ['--version']).status !== 0;
  it.skipIf(noZsh)(`runs in zsh${noZsh ? ' (not run: there is no zsh)' : ''}`, () => {
    const script = `
      compdef() { }
      _describe() { print -l -- "\${(@P)2}" }
      _default() { }
      source <(gorod completion)
      words=(gorod run orders.csv --lang '') CURRENT=5 BUFFER='gorod run orders.csv --lang ' CURSOR=28
      _gorod_yargs_completions`;
    const env = { PATH: `${folder.path}:${process.env.PATH ?? ''}`, SHELL: '/usr/bin/zsh' };
    const offered = execFileSync('zsh', ['-fc', script], { env, encoding: 'utf8' });
    expect(offered.split('\n').filter(Boolean)).toEqual(['en', 'zh', 'ru']);
  });
});

describe('a mistyped word', () => {
  it.each([
    [['rum', 'orders.csv'], 'Did you mean run?'],
    [['cache', 'stat'], 'Did you mean stats?'],
    [['run', 'orders.csv', '--lng', 'ru'], 'Did you mean --lang?'],
    [['check', 'orders.csv', '--failon', 'any', '--sumary=x'], 'Did you mean --fail-on, --summary?'],
  ])('%j is told from the one that was meant', async (args, text) => {
    const result = await gorod(args);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(text);
  });

  it('that is near to nothing is only refused', async () => {
    const result = await gorod(['run', 'orders.csv', '--xyzzy']);
    expect(result).toMatchObject({ code: 2, stderr: 'gorod: Unknown argument: xyzzy. See gorod COMMAND --help.\n' });
  });
});
