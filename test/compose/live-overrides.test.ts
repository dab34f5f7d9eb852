import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Correction, settledQuestion } from '../../src/address/override.ts';
import type { AddressQuery } from '../../src/address/query.ts';
import { openOverrides } from '../../src/cache/override-file.ts';
import { followOverrides } from '../../src/compose/live-overrides.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const QUERY: AddressQuery = { postcode: '67500', address: 'Lenina 1', codRub: 0, countryCode: 'ru', fiasOnly: false };

let folder: TemporaryFolder;
let file: string;
let time = 0;

beforeEach(() => {
  folder = temporaryFolder();
  file = folder.file('cache.sqlite');
  time = 0;
});
afterEach(() => folder[Symbol.dispose]());

function teach(postcode: string): void {
  const correction: Correction = { kind: 'question', postcode };
  const overrides = openOverrides(file);
  overrides.teach([{ question: settledQuestion(QUERY), correction, by: 'olga', at: 5, why: '' }]);
  overrides.close();
}

function follow() {
  const news: string[] = [];
  const live = followOverrides(
    file,
    (told) => news.push('error' in told ? told.error.code : `learnt ${told.overrides}`),
    () => time,
  );
  const postcode = () => {
    const correction = live.find(QUERY)?.correction;
    return correction?.kind === 'question' ? correction.postcode : undefined;
  };
  return { ...live, news, postcode };
}

describe('overrides that are followed', () => {
  it('come with a cache file that is made only later, change, and go with it; looked for now and then', () => {
    const { postcode, revision, news } = follow();
    expect(postcode()).toBeUndefined();
    teach('300000');
    expect(postcode()).toBeUndefined();
    time += 1000;
    expect(postcode()).toBe('300000');
    // The same moment of teaching, so that only the correction tells that it is another one.
    teach('300001');
    time += 1000;
    expect(revision()).toBe(2);
    expect(postcode()).toBe('300001');
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    time += 1000;
    expect(postcode()).toBeUndefined();
    expect(news).toEqual(['learnt 1', 'learnt 1', 'learnt 0']);
  });

  it('are not read again where the file is as it was', async () => {
    teach('300000');
    await delay(150);
    const { postcode, revision, news } = follow();
    for (let look = 0; look < 3; look += 1) {
      time += 1000;
      expect(postcode()).toBe('300000');
    }
    expect([revision(), news]).toEqual([0, []]);
  });

  it('stay where the file cannot be read any more, which is told once, and change when it can', () => {
    teach('300000');
    const { postcode, news } = follow();
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    // A header of a cache of a later schema.
    const header = Buffer.alloc(4096);
    header.write('SQLite format 3\0');
    header.writeUInt32BE(0x676f7263, 68);
    header.writeUInt32BE(999, 60);
    writeFileSync(file, header);
    for (let look = 0; look < 3; look += 1) {
      time += 1000;
      expect(postcode()).toBe('300000');
    }
    rmSync(file);
    teach('300001');
    time += 1000;
    expect(postcode()).toBe('300001');
    expect(news).toEqual(['CACHE_NEWER', 'learnt 1']);
  });
});
