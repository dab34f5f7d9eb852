import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { gorod, temporaryFolder } from '../support/cli.ts';

const CLI = resolve('dist/cli.js');

it('a disk that is full ends the run with 1, keeps what is written and lets the next run go on to the same file', async () => {
  using folder = temporaryFolder();
  const lines = Array.from({ length: 5000 }, (_, row) => `${row},675000,"Lenina ${row}, Blagoveschensk"`);
  writeFileSync(folder.file('orders.csv'), ['id,postcode,address', ...lines, ''].join('\n'));
  const command = 'run orders.csv -o out.csv --detector local';

  // A limit on the size of files fails a write half-way, as a full disk does.
  const full = spawnSync('bash', ['-c', `ulimit -f 500; exec "${process.execPath}" "${CLI}" ${command}`], {
    cwd: folder.path,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '' },
  });
  expect(full.stderr).toContain('cannot write out.csv');
  expect(full.stderr).not.toContain('    at ');
  expect(full.status).toBe(1);
  expect(existsSync(folder.file('out.csv'))).toBe(false);
  expect(existsSync(folder.file('out.csv.partial'))).toBe(true);

  const second = await gorod(command.split(' '), { cwd: folder.path });
  expect(second.code).toBe(0);
  expect(second.stderr).toContain('going on with out.csv after row');
  await gorod('run orders.csv -o whole.csv --detector local'.split(' '), { cwd: folder.path });
  expect(readFileSync(folder.file('out.csv'), 'utf8')).toBe(readFileSync(folder.file('whole.csv'), 'utf8'));
});
