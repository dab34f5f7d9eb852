import { EventEmitter, once } from 'node:events';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKeyFile } from '../../src/server/key-file.ts';
import { hashKey } from '../../src/server/keys.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = folder.file('keys.txt');
});
afterEach(() => folder[Symbol.dispose]());

const line = (key: string) => `${key}-name sha256:${hashKey(key)}\n`;

function open() {
  const changes = new EventEmitter();
  const events = {
    onReload: (count: number) => changes.emit('change', count),
    onError: (message: string) => changes.emit('change', message),
  };
  return { changes, opened: openKeyFile(file, events, 10) };
}

test('a change is noticed: new keys are accepted, removed ones no longer', async () => {
  writeFileSync(file, line('old'));
  const { changes, opened } = open();
  using keys = await opened;
  expect(keys.find('old')?.name).toBe('old-name');
  const changed = once(changes, 'change');
  writeFileSync(folder.file('next'), line('new') + line('newer'));
  renameSync(folder.file('next'), file);
  expect(await changed).toEqual([2]);
  expect([keys.find('old'), keys.find('new')?.name, keys.count()]).toEqual([undefined, 'new-name', 2]);
});

test('a file that cannot be used leaves the keys before it in force', async () => {
  writeFileSync(file, line('old'));
  const { changes, opened } = open();
  using keys = await opened;
  const broken = once(changes, 'change');
  writeFileSync(file, `${line('new')}nonsense that is longer\n`);
  expect(String(await broken)).toContain('line 2');
  const gone = once(changes, 'change');
  rmSync(file);
  expect(String(await gone)).toContain('ENOENT');
  expect(keys.find('old')?.name).toBe('old-name');
});

test.each([
  [undefined, /--keys: cannot read .*keys.txt \(ENOENT\)/],
  ['nonsense', /--keys: .*keys.txt: line 1 is not/],
])('a server does not start with %j', async (text, message) => {
  if (text !== undefined) writeFileSync(file, text);
  await expect(open().opened).rejects.toThrow(message);
  await expect(open().opened).rejects.toMatchObject({ code: 'BAD_OPTION' });
});
