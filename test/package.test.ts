import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from './support/cli.ts';

/** The package as npm would publish it, unpacked into another project; what it depends on is linked, offline. */
let folder: TemporaryFolder;
let files: readonly string[];
let tarball: string;

const env = { PATH: process.env.PATH ?? '' };

beforeAll(() => {
  folder = temporaryFolder();
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder.path], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, npm_config_dry_run: 'false' },
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  tarball = folder.file(filename);
  execFileSync('tar', ['-xzf', tarball, '-C', folder.path]);
  const modules = folder.file('node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  renameSync(folder.file('package'), join(modules, 'gorod'));
  files = listed(join(modules, 'gorod'));
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
  for (const name of [...Object.keys(dependencies), '@types/node']) {
    mkdirSync(join(modules, name, '..'), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(modules, name));
  }
  // As npm does with the commands of a package.
  chmodSync(join(modules, 'gorod/dist/cli.js'), 0o755);
  symlinkSync('../gorod/dist/cli.js', join(modules, '.bin', 'gorod'));
});
afterAll(() => folder[Symbol.dispose]());

function listed(path: string): string[] {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('what is packed', () => {
  test('is a program and a library, without tests, sources or notes', () => {
    const tops = files.map((file) => file.slice(file.indexOf('node_modules/gorod/') + 'node_modules/gorod/'.length));
    expect(tops).toContain('dist/index.js');
    expect(tops).toContain('dist/index.d.ts');
    expect(tops).toContain('dist/gazetteer.sqlite');
    const others = tops.filter((file) => !file.startsWith('dist/')).sort();
    expect(others).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'NOTICE',
      'README.md',
      'fixtures/cod-limits.csv',
      'fixtures/orders.csv',
      'package.json',
    ]);
    expect(tops.filter((file) => /test|\.map$|(?<!\.d)\.ts$/.test(file))).toEqual([]);
  });

  test('names no path of the machine it was built on', () => {
    const here = Buffer.from(resolve('.'));
    expect(files.filter((file) => readFileSync(file).includes(here))).toEqual([]);
  });

  test('is smaller than 2 MB', ({ annotate }) => {
    const { size } = statSync(tarball);
    annotate(`${(size / 2 ** 20).toFixed(1)} MB packed, ${files.length} files`);
    expect(size).toBeLessThan(2 * 2 ** 20);
  });
});

test('a program imports it', () => {
  writeFileSync(
    folder.file('program.mjs'),
    `import { createDetector, detect } from 'gorod';
    const detector = await createDetector();
    const { columns } = await detect({ postcode: '675000', address: 'Lenina 21, Blagoveschensk' }, detector);
    await detector.close();
    console.log(columns.city_code);`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, ['program.mjs'], { cwd: folder.path, encoding: 'utf8', env });
  expect(stderr).toBe('');
  expect(stdout).toBe('286\n');
});

test('what is inside stays inside', () => {
  const code = "await import('gorod/dist/compose.js')";
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: folder.path,
    encoding: 'utf8',
    env,
  });
  expect(run.stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
});

test('a TypeScript program checks against its types, strictly and without skipping libraries', () => {
  writeFileSync(
    folder.file('program.ts'),
    `import { createDetector, enrich, type Verdict } from 'gorod';
    const detector = await createDetector({ developerKey: process.env.KEY });
    for await (const { row, judgement } of enrich([{ address: 'x', order: 1 }], detector)) {
      const verdict: Verdict = judgement.verdict;
      console.log(row.order + 1, verdict);
    }
    // @ts-expect-error an order is a number
    for await (const { row } of enrich([{ address: 'x', order: 1 }], detector)) row.order.trim();\n`,
  );
  writeFileSync(folder.file('package.json'), '{"type":"module"}');
  const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false'];
  const target = ['--target', 'es2023', '--lib', 'es2023', '--types', 'node', '--module', 'nodenext'];
  const tsc = resolve('node_modules/.bin/tsc');
  const run = spawnSync(tsc, [...options, ...target, 'program.ts'], { cwd: folder.path, encoding: 'utf8' });
  expect(run.stdout).toBe('');
  expect(run.status).toBe(0);
});

test('the command runs', () => {
  const bin = folder.file('node_modules/.bin/gorod');
  const version = spawnSync(bin, ['--version'], { encoding: 'utf8', env });
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+/);
  writeFileSync(folder.file('orders.csv'), 'id,postcode,address\n1,675000,Blagoveschensk\n');
  const options = { cwd: folder.path, encoding: 'utf8', env: { ...env, HOME: folder.path } } as const;
  const run = spawnSync(bin, ['run', 'orders.csv'], options);
  expect(run.status).toBe(0);
  expect(readFileSync(folder.file('orders.gorod.csv'), 'utf8')).toContain('1,675000,Blagoveschensk,OK,');
});
