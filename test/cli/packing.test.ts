import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CliResult, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const ROWS = 30_000;
const JOURNAL = 'partial.journal';

let folder: TemporaryFolder;

beforeEach(() => {
  folder = temporaryFolder();
  const lines = Array.from({ length: ROWS }, (_, row) => `${row},675000,"Ленина ${row}, Благовещенск"`);
  writeFileSync(folder.file('in.csv'), ['id,индекс,адрес', ...lines, ''].join('\n'));
});
afterEach(() => folder[Symbol.dispose]());

/** Runs, and kills the process as soon as a file of this name is there. */
function run(output: string, args: readonly string[], killAt?: string): Promise<CliResult> {
  return gorod(['run', 'in.csv', '-o', output, '--detector', 'local', ...args], {
    cwd: folder.path,
    whileRunning: (child) => {
      if (killAt === undefined) return;
      const poll = setInterval(() => {
        if (existsSync(folder.file(killAt))) child.kill('SIGKILL');
      }, 1);
      child.once('exit', () => clearInterval(poll));
    },
  });
}

describe.each([
  ['out.csv.gz', []],
  ['out.csv', ['--output-encoding', 'gb18030']],
  ['out.xlsx', []],
] as const)('%s %j', (output, args) => {
  test('that is killed while it is packed comes out the same to the byte', { timeout: 60_000 }, async () => {
    expect((await run(`whole-${output}`, args)).code).toBe(0);
    const whole = readFileSync(folder.file(`whole-${output}`));
    expect((await run(output, args, `${output}.packing`)).code).toBeNull();
    expect(existsSync(folder.file(output))).toBe(false);
    expect(existsSync(folder.file(`${output}.partial`))).toBe(true);
    for (const kept of ['partial', JOURNAL])
      copyFileSync(folder.file(`${output}.${kept}`), folder.file(`kept.${kept}`));

    const again = await run(output, args);
    expect(again.stderr).toContain(`going on with ${output} after row`);
    expect(again.code).toBe(0);
    expect(readFileSync(folder.file(output)).equals(whole)).toBe(true);

    // As if it had been killed between the output's getting its name and the partial file's going.
    for (const kept of ['partial', JOURNAL]) renameSync(folder.file(`kept.${kept}`), folder.file(`${output}.${kept}`));
    expect((await run(output, args)).code).toBe(0);
    expect(readFileSync(folder.file(output)).equals(whole)).toBe(true);
    expect(readdirSync(folder.path).sort()).toEqual(['in.csv', output, `whole-${output}`].sort());
  });
});

test('what the packed file holds is what the plain one is', { timeout: 60_000 }, async () => {
  expect((await run('out.csv', [])).code).toBe(0);
  expect((await run('out.csv.gz', [])).code).toBe(0);
  const plain = readFileSync(folder.file('out.csv'), 'utf8');
  expect(gunzipSync(readFileSync(folder.file('out.csv.gz'))).toString() === plain).toBe(true);
  rmSync(folder.file('out.csv'));
  await run('out.csv', ['--output-encoding', 'gb18030']);
  expect(new TextDecoder('gb18030').decode(readFileSync(folder.file('out.csv'))) === plain).toBe(true);
});
