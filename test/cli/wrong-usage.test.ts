import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gorod, temporaryFolder } from '../support/cli.ts';

test.each([
  ['run', 'gorod run orders.csv'],
  ['check', 'gorod check orders.csv'],
  ['retry', 'gorod retry orders.gorod.csv'],
])('gorod %s without a file says that one is missing, with an example', async (command, example) => {
  const { code, stderr } = await gorod([command]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `gorod: No file is named. For example: ${example}. See gorod ${command} --help.\n`,
  });
});

test.each(['taken', 'taken/within'])('an --output-dir that is a file is refused: %s', async (name) => {
  using folder = temporaryFolder();
  writeFileSync(folder.file('orders.csv'), 'postcode,address\n675000,"Lenina 21, Blagoveschensk"\n');
  writeFileSync(folder.file('taken'), 'mine');
  const args = ['run', 'orders.csv', '--output-dir', name, '--detector', 'local'];
  const { code, stderr } = await gorod(args, { cwd: folder.path });
  expect(code).toBe(2);
  expect(stderr).toContain(`--output-dir: ${name} is a file, or lies in one; name a folder.`);
});
