import { writeFileSync } from 'node:fs';
import iconv from 'iconv-lite';
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

test('headers that a given --encoding makes illegible bring that option to mind', async () => {
  using folder = temporaryFolder();
  const text = '邮编,收件地址,代收货款\n675000,"Lenina 21, Blagoveshchensk",500\n';
  writeFileSync(folder.file('orders.csv'), iconv.encode(text, 'gb18030'));
  writeFileSync(folder.file('plain.csv'), 'a,b\n1,2\n');
  const run = (...args: string[]) => gorod(['run', ...args, '--detector', 'local'], { cwd: folder.path });
  const { code, stderr } = await run('orders.csv', '--encoding', 'windows-1251');
  expect(code).toBe(2);
  expect(stderr).toContain(
    'It was read as windows-1251, as --encoding says: if its headers look wrong here, leave --encoding out.',
  );
  expect((await run('orders.csv')).code).toBe(0);
  expect((await run('plain.csv', '--encoding', 'windows-1251')).stderr).not.toContain('leave --encoding out');
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
