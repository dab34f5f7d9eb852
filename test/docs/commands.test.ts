import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allCommands, renderCommandsPage } from '../../scripts/docs/commands.ts';

const commands = await allCommands();
const optionsPage = readFileSync('docs/options.md', 'utf8');

it('docs/commands.md says what the command line says; `npm run docs` renews it', () => {
  expect(readFileSync('docs/commands.md', 'utf8')).toBe(renderCommandsPage(commands));
});

it('the commands are found, also those below others', () => {
  const names = commands.map(({ name }) => name);
  for (const name of ['gorod run', 'gorod cache forget', 'gorod auth new-key', 'gorod completion']) {
    expect(names).toContain(name);
  }
});

describe('docs/options.md explains', () => {
  const withOptions = commands.filter(({ options }) => options.length > 0);
  it.each(withOptions.map(({ name, options }) => [name, options] as const))('every option of %s', (_, options) => {
    expect(options.filter((option) => !new RegExp(`[\` ]${option}[\` ]`).test(optionsPage))).toEqual([]);
  });
});
