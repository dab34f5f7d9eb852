import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFile } from '../src/file-lock.ts';
import { type TemporaryFolder, temporaryFolder } from './support/cli.ts';

const OPEN_FILES = '/proc/self/fd';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

describe('a lock', () => {
  it('makes its file and removes it, as often as it is let go of', () => {
    const file = folder.file('lock');
    const lock = lockFile(file);
    expect(readdirSync(folder.path)).toEqual(['lock']);
    lock?.release();
    expect(readdirSync(folder.path)).toEqual([]);
    const next = lockFile(file);
    lock?.release();
    expect(readdirSync(folder.path)).toEqual(['lock']);
    next?.release();
  });

  it('can be had of a file that a killed process left', () => {
    writeFileSync(folder.file('lock'), '');
    lockFile(folder.file('lock'))?.release();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('cannot be had of a folder, nor in one that is not there', () => {
    mkdirSync(folder.file('lock'));
    expect(() => lockFile(folder.file('lock'))).toThrow('EISDIR');
    expect(() => lockFile(folder.file('none/lock'))).toThrow('ENOENT');
  });

  it.skipIf(!existsSync(OPEN_FILES))('that cannot be had keeps no file open', () => {
    const file = folder.file('lock');
    writeFileSync(
      file,
      'a file of somebody else, and so long that it might be the beginning of a database, which it is not',
    );
    expect(() => lockFile(file)).toThrow('not a database');
    const before = readdirSync(OPEN_FILES).length;
    expect(() => lockFile(file)).toThrow('not a database');
    expect(readdirSync(OPEN_FILES).length).toBe(before);
  });
});
