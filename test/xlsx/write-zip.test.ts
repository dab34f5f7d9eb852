import { existsSync, readFileSync, rmSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeZip } from '../../src/xlsx/write-zip.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

describe('a zip is written', () => {
  let folder: TemporaryFolder;

  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder[Symbol.dispose]());

  it('of parts that come whole or in pieces, each asked for when those before it are written', async () => {
    const asked: string[] = [];
    async function* pieces(name: string) {
      asked.push(`${name} begins`);
      for (let piece = 0; piece < 300; piece += 1) yield `${'я'.repeat(1000)}${piece}`;
      asked.push(`${name} ends`);
    }
    const file = folder.file('a.zip');
    await writeZip(file, [
      ['a.xml', '<a/>'],
      ['b/c.xml', pieces('c')],
      ['b/d.xml', pieces('d')],
      ['e.xml', []],
    ]);
    const parts = Object.entries(unzipSync(readFileSync(file))).map(([name, bytes]) => [name, strFromU8(bytes)]);
    const long = Array.from({ length: 300 }, (_, piece) => `${'я'.repeat(1000)}${piece}`).join('');
    expect(parts).toEqual([
      ['a.xml', '<a/>'],
      ['b/c.xml', long],
      ['b/d.xml', long],
      ['e.xml', ''],
    ]);
    expect(asked).toEqual(['c begins', 'c ends', 'd begins', 'd ends']);
  });

  it('with the same date at any time and in any zone', async () => {
    const file = folder.file('a.zip');
    await writeZip(file, [['a.xml', 'a']]);
    const bytes = readFileSync(file);
    const [noon, firstOfJanuary1980, noExtraField] = [12 << 11, (1 << 5) | 1, 0];
    expect([10, 12, 28].map((at) => bytes.readUInt16LE(at))).toEqual([noon, firstOfJanuary1980, noExtraField]);
  });

  it('not where a part cannot be made: what went wrong comes out, the text of the part is closed', async () => {
    let isClosed = false;
    async function* failing() {
      try {
        yield 'x'.repeat(100_000);
        throw new RangeError('no more');
      } finally {
        isClosed = true;
      }
    }
    const file = folder.file('a.zip');
    await expect(writeZip(file, [['a.xml', failing()]])).rejects.toThrow(new RangeError('no more'));
    expect(isClosed).toBe(true);
    rmSync(file);
  });

  it('not where there is no such folder', async () => {
    const file = folder.file('none/a.zip');
    await expect(writeZip(file, [['a.xml', 'a']])).rejects.toMatchObject({ code: 'ENOENT' });
    expect(existsSync(file)).toBe(false);
  });

  it.skipIf(!existsSync('/dev/full'))('not where the disk is full: the text of the part is closed', async () => {
    let isClosed = false;
    async function* endless() {
      try {
        for (let number = 0; ; number += 1) yield `${number * 7919} `.repeat(1000);
      } finally {
        isClosed = true;
      }
    }
    await expect(writeZip('/dev/full', [['a.xml', endless()]])).rejects.toMatchObject({ code: 'ENOSPC' });
    await new Promise(setImmediate);
    expect(isClosed).toBe(true);
  });
});
