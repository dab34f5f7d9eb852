import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import yargs from 'yargs';
import { hideDashes, showDash } from '../../src/config/lone-dash.ts';
import { list, optional, toggle } from '../../src/config/option.ts';
import { text } from '../../src/config/parsers.ts';
import { plainArguments } from '../../src/config/plain-arguments.ts';
import type { Arguments } from '../../src/config/resolve.ts';
import { PARSING, yargsOptions } from '../../src/config/yargs-options.ts';

const COMMON = { group: 'G', describe: 'D' };
const TABLE = {
  output: optional({ ...COMMON, alias: 'o' }, text),
  endpoint: list(COMMON),
  noCache: toggle(COMMON),
  quiet: toggle({ ...COMMON, alias: 'q' }),
};
const USAGES = ['run <input..>', 'retry <file>', 'learn [file]', 'detect'] as const;

/** What yargs hands over for the same line; rejects where it refuses it. */
async function byYargs(args: readonly string[], usage: string): Promise<Arguments> {
  const [command = '', operand] = usage.split(' ');
  let given: Arguments = {};
  await yargs([command, ...hideDashes(args)])
    .parserConfiguration(PARSING)
    .strict()
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new Error(message);
    })
    .command({
      command: usage,
      builder: (built) => {
        const name = operand?.replace(/\W/g, '');
        if (name !== undefined) built.positional(name, { type: 'string', array: usage.includes('..') });
        return built.options(yargsOptions(TABLE));
      },
      handler: (read) => {
        given = read;
      },
    })
    .parseAsync();
  return given;
}

/** What `resolveOptions` and the commands make of it: texts, and for a switch the last that was said of it. */
function taken(given: Arguments): Record<string, unknown> {
  const texts = (name: string) => [given[name] ?? []].flat().map((one) => showDash(String(one)));
  const told = ['output', 'endpoint', 'input', 'file'].map((name) => [name, texts(name)]);
  return Object.fromEntries([...told, ...['no-cache', 'quiet'].map((name) => [name, texts(name).at(-1)])]);
}

const run = (...args: string[]) => plainArguments(args, 'run <input..>', TABLE);

describe('a line is read without yargs', () => {
  it('where its options are written out', () => {
    expect(run('orders.csv', '-o', 'out.csv', '--quiet', '--no-cache')).toEqual({
      input: ['orders.csv'],
      output: ['out.csv'],
      quiet: [true],
      'no-cache': [true],
    });
  });

  it('with options that repeat, several files, and stdin', () => {
    expect(run('a.csv', '--endpoint', 'v2', '--endpoint', 'https://x', '-', '-o', '-')).toEqual({
      input: ['a.csv', '-'],
      endpoint: ['v2', 'https://x'],
      output: ['-'],
    });
  });

  it('of a command that takes one file, perhaps, or none', () => {
    expect(plainArguments(['a.csv'], 'retry <file>', TABLE)).toEqual({ file: 'a.csv' });
    expect(plainArguments([], 'learn [file]', TABLE)).toEqual({});
    expect(plainArguments(['-q'], 'detect', TABLE)).toEqual({ quiet: [true] });
  });

  it.each([
    ['help is asked for', ['orders.csv', '--help']],
    ['help is asked for by a word', ['orders.csv', 'help']],
    ['an option is not known', ['orders.csv', '--outptu', 'local']],
    ['a value is missing', ['orders.csv', '--output']],
    ['an option stands where a value should', ['orders.csv', '--output', '--quiet']],
    ['a value is joined by an equals sign', ['orders.csv', '--output=out.csv']],
    ['yargs would take off quotation marks', ['"orders.csv"']],
    ['a value may belong to a switch', ['orders.csv', '--quiet', 'false']],
    ['no file is named', ['--quiet']],
  ])('but not where %s', (_, args) => {
    expect(run(...args)).toBeUndefined();
  });

  it('but not with more files than a command takes', () => {
    expect(plainArguments(['a.csv', 'b.csv'], 'retry <file>', TABLE)).toBeUndefined();
    expect(plainArguments(['a.csv'], 'detect', TABLE)).toBeUndefined();
  });

  it('as yargs reads it, whatever the line', async () => {
    const flags = fc.constantFrom('--output', '-o', '--endpoint', '--no-cache', '--quiet', '-q', '--help', '-oq', '--');
    const words = fc.constantFrom('a.csv', '-', '', 'true', '"q"', "it's", '007', '1e3', '0x1f', '-5', 'x=y', 'help');
    const line = fc.array(fc.oneof(flags, words), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(line, fc.constantFrom(...USAGES), async (args, usage) => {
        const plain = plainArguments(args, usage, TABLE);
        fc.pre(plain !== undefined);
        expect(taken(plain ?? {})).toEqual(taken(await byYargs(args, usage)));
      }),
      { numRuns: 200 },
    );
  });
});
