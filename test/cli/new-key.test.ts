import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashKey, parseKeyFile } from '../../src/server/keys.ts';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = folder.file('keys.txt');
});
afterEach(() => folder[Symbol.dispose]());

const newKey = (...args: readonly string[]) => gorod(['auth', 'new-key', ...args], { cwd: folder.path });

describe('gorod auth new-key', () => {
  test('shows the key once and keeps only its hash, for nobody else to read', async () => {
    const { code, stdout, stderr } = await newKey('erp', '--keys', file, '--limit', '20');
    expect(code).toBe(0);
    const key = stdout.trim();
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(stderr).not.toContain(key);
    expect(parseKeyFile(readFileSync(file, 'utf8'))).toEqual([{ name: 'erp', sha256: hashKey(key), limit: 20 }]);
    expect(readFileSync(file, 'utf8')).not.toContain(key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('adds to what is there, whether it ends with a line end or not', async () => {
    const before = `# our keys\nold sha256:${hashKey('old')}`;
    writeFileSync(file, before);
    await newKey('new', '--keys', file);
    await newKey('newer', '--keys', file);
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith(`${before}\nnew `)).toBe(true);
    expect(parseKeyFile(text).map(({ name }) => name)).toEqual(['old', 'new', 'newer']);
  });

  test('without a file tells which line to add', async () => {
    const { code, stdout, stderr } = await newKey('erp');
    expect(code).toBe(0);
    expect(stderr).toContain(`erp sha256:${hashKey(stdout.trim())}\n`);
  });

  test.each([
    ['a name that is there', ['erp'], 'has a key of erp already'],
    ['a name with a space', ['e rp'], 'NAME: up to 64 letters'],
    ['a limit of nothing', ['x', '--limit', '0'], '--limit: must be from 1'],
  ])('%s is refused and changes nothing', async (_, args, message) => {
    const before = `erp sha256:${hashKey('erp')}\n`;
    writeFileSync(file, before);
    const { code, stderr, stdout } = await newKey(...args, '--keys', file);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('a file that is no key file is left alone', async () => {
    writeFileSync(file, 'something else\n');
    const { code, stderr } = await newKey('erp', '--keys', file);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('line 1 is not NAME') });
    expect(readFileSync(file, 'utf8')).toBe('something else\n');
  });
});
