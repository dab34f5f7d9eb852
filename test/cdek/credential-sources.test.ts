import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCredential, readPair, refuseCredentialArguments } from '../../src/cdek/credential-sources.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

describe('a credential', () => {
  const env = { CDEK_DEVELOPER_KEY: ' inherited ' };

  it('comes from its variable, without white space around it', async () => {
    expect(await readCredential('developerKey', {}, env)).toEqual({ value: 'inherited', from: 'CDEK_DEVELOPER_KEY' });
  });

  it('comes from the file where one is named', async () => {
    const file = folder.file('key');
    writeFileSync(file, '\ufefffiled\r\n');
    expect(await readCredential('developerKey', { developerKeyFile: file }, env)).toEqual({
      value: 'filed',
      from: file,
    });
  });

  it.each([{}, { CDEK_DEVELOPER_KEY: '' }, { CDEK_DEVELOPER_KEY: ' \n' }])('is not set by %j', async (unset) => {
    expect(await readCredential('developerKey', {}, unset)).toBeUndefined();
  });

  it('does not fall back to the variable where the file is empty or cannot be read', async () => {
    writeFileSync(folder.file('key'), '\n');
    for (const name of ['key', 'nowhere']) {
      const reading = readCredential('developerKey', { developerKeyFile: folder.file(name) }, env);
      await expect(reading).rejects.toMatchObject({ code: 'BAD_KEY', message: expect.stringContaining(name) });
    }
  });
});

describe('a pair', () => {
  const names = ['clientId', 'clientSecret'] as const;

  it('is whole or not there', async () => {
    const env = { CDEK_CLIENT_ID: 'id', CDEK_CLIENT_SECRET: 'secret' };
    expect((await readPair(names, {}, env))?.map(({ value }) => value)).toEqual(['id', 'secret']);
    expect(await readPair(names, {}, {})).toBeUndefined();
  });

  it.each([
    [{ CDEK_CLIENT_ID: 'id' }, 'CDEK_CLIENT_ID is set, but what goes with it is not: set CDEK_CLIENT_SECRET or'],
    [{ CDEK_CLIENT_SECRET: 's' }, 'CDEK_CLIENT_SECRET is set, but what goes with it is not: set CDEK_CLIENT_ID or'],
  ])('names its missing half: %j', async (env, message) => {
    await expect(readPair(names, {}, env)).rejects.toMatchObject({
      code: 'BAD_KEY',
      message: expect.stringContaining(message),
    });
  });
});

describe('arguments', () => {
  it.each([['--developer-key'], ['--developer-key=x'], ['run', 'x.csv', '--client-secret', 'x']])(
    '%j are refused',
    (...args) => {
      expect(() => refuseCredentialArguments(args)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    },
  );

  it.each([['--developer-key-file', 'x'], ['--developer-keys'], ['run', '--', '--developer-key']])(
    '%j are let through',
    (...args) => {
      expect(() => refuseCredentialArguments(args)).not.toThrow();
    },
  );
});
