import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { type Reply, type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { inShell } from '../support/shell.ts';

const ORDERS = ['id,ship zip,address', '1,675000,"Lenina 1, Blagoveschensk"', '2,614000,"Perm, Mira 2"', ''].join('\n');
const COLUMNS = ['--columns', 'postcode=ship zip,address=address'];

let folder: TemporaryFolder;
let upstream: ScriptedUpstream;
let reply: Reply;

beforeEach(async () => {
  folder = temporaryFolder();
  writeFileSync(folder.file('orders.csv'), ORDERS);
  writeFileSync(folder.file('the key'), 'secret-key-4711\n');
  reply = { kind: 'http', status: 503 };
  upstream = await startScriptedUpstream({ reply: () => reply });
});
afterEach(async () => {
  await upstream.close();
  folder[Symbol.dispose]();
});

const ASKING = ['--rate', '500', '--retries', '0', '--cache', 'my cache.sqlite'];

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const endpoint = ['--endpoint', upstream.url, ...ASKING];
  return gorod(['run', 'orders.csv', ...endpoint, ...COLUMNS, ...args], { cwd: folder.path, env });
}

const read = (name: string) => readFileSync(folder.file(name), 'utf8');
const sources = (name: string) =>
  (parse(read(name), { columns: true, bom: true }) as Record<string, string>[]).map((row) => row.cdek_source);

/** The command that a run or a hint names last. */
function commandIn(stderr: string): string {
  const [, command = ''] = /: (gorod retry .*)\n/.exec(stderr) ?? [];
  expect(command).not.toBe('');
  return command;
}

describe('the gorod retry that a run with deferred rows names', () => {
  it('has what decides, for a shell, and asks the API of the run where the key is in a file', async () => {
    const given = ['--developer-key-file', 'the key', '--split', '--lang', 'ru', '--ttl', '2d'];
    const first = await run(given);
    expect(first.code).toBe(3);
    const command = commandIn(first.stderr);
    expect(command).toBe(
      `gorod retry orders.gorod.csv --detector api --endpoint ${upstream.url} --developer-key-file "the key" ` +
        '--cache "my cache.sqlite" --columns "postcode=ship zip,address=address" --lang ru --rate 500 --split --ttl 172800s',
    );
    reply = { kind: 'answer' };
    const before = upstream.requests.length;
    const retried = await inShell(command, here());
    expect(retried).toMatchObject({ code: 0, stderr: expect.stringContaining('детектор api') });
    expect(upstream.requests.length).toBe(before + 2);
    expect(sources('orders.gorod.csv')).toEqual(['api', 'api']);
    expect(read('orders.gorod.retry.csv').trimEnd().split('\n')).toHaveLength(1);
    expect(read('orders.gorod.accept.csv').trimEnd().split('\n')).toHaveLength(3);
  });

  it('names no key, and without one ends with 2 instead of answering offline', async () => {
    const first = await run([], { CDEK_DEVELOPER_KEY: 'secret-key-4711' });
    const command = commandIn(first.stderr);
    expect(command).toContain(' --detector api ');
    expect(first.stderr).not.toContain('secret-key-4711');
    const before = read('orders.gorod.csv');
    expect(await inShell(command, here())).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--detector api needs a developer key'),
    });
    expect(read('orders.gorod.csv')).toBe(before);
  });

  it('reads the output in the encoding and with the delimiter that were asked for', async () => {
    writeFileSync(
      folder.file('orders.csv'),
      ORDERS.replace('Perm', 'Пермь').replaceAll(',', '|').replaceAll('| ', ', '),
    );
    const text = ['--output-encoding', 'windows-1251', '--delimiter', '|', '-o', 'my -out.csv'];
    const { stderr } = await run([...text, '--developer-key-file', 'the key']);
    const command = commandIn(stderr);
    expect(command).toContain('gorod retry "my -out.csv" ');
    expect(command).toContain('--delimiter "|" --encoding windows-1251');
    reply = { kind: 'answer' };
    expect(await inShell(command, here())).toMatchObject({ code: 0 });
    const whole = new TextDecoder('windows-1251').decode(readFileSync(folder.file('my -out.csv')));
    expect(whole).toContain('Пермь');
    expect(whole).not.toContain('DEFERRED');
  });

  it('is the same where a file that gorod wrote is run again', async () => {
    await run(['--developer-key-file', 'the key']);
    const again = [
      'run',
      'orders.gorod.csv',
      '--developer-key-file',
      'the key',
      '--endpoint',
      upstream.url,
      ...COLUMNS,
    ];
    const hint = await gorod(again, { cwd: folder.path });
    expect(hint.code).toBe(2);
    reply = { kind: 'answer' };
    expect(await inShell(commandIn(hint.stderr), here())).toMatchObject({ code: 0 });
    expect(sources('orders.gorod.csv')).toEqual(['api', 'api']);
  });
});

describe('gorod retry in a shell without a key', () => {
  it.each([
    ['en', "has rows that CDEK's API was asked about, and there is no key in this shell"],
    ['zh', '而当前终端没有密钥'],
    ['ru', 'а в этой оболочке нет ключа'],
  ])('leaves a file with deferred rows as it is and says in %s what to give', async (lang, words) => {
    await run(['--developer-key-file', 'the key']);
    const before = read('orders.gorod.csv');
    const retried = await inShell(`gorod retry orders.gorod.csv --lang ${lang} --columns 'postcode=ship zip'`, here());
    expect(retried).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
    expect(retried.stderr).toContain('--detector local');
    expect(read('orders.gorod.csv')).toBe(before);
  });

  it('answers them offline where a person says so', async () => {
    await run(['--developer-key-file', 'the key']);
    const local = `gorod retry orders.gorod.csv --detector local --columns 'postcode=ship zip,address=address'`;
    expect(await inShell(local, here())).toMatchObject({ code: 0 });
    expect(sources('orders.gorod.csv')).toEqual(['local', 'local']);
  });

  it('does not answer rows for review anew that an API has answered', async () => {
    reply = { kind: 'answer' };
    writeFileSync(folder.file('orders.csv'), `${ORDERS}3,614000,Nowhere 3\n`);
    await run(['--developer-key-file', 'the key']);
    const review = `gorod retry orders.gorod.csv --only review --columns 'postcode=ship zip,address=address'`;
    expect(await inShell(review, here())).toMatchObject({ code: 2 });
  });

  it('still has a file of the local detector, and one with nothing to ask', async () => {
    await gorod(['run', 'orders.csv', ...COLUMNS], { cwd: folder.path });
    const columns = `--columns 'postcode=ship zip,address=address'`;
    expect(await inShell(`gorod retry orders.gorod.csv ${columns}`, here())).toMatchObject({ code: 0 });
    expect(await inShell(`gorod retry orders.gorod.csv --only review ${columns}`, here())).toMatchObject({ code: 0 });
  });
});

describe('a part for review that is run', () => {
  it.each([
    ['en', 'once fixes are filled in'],
    ['zh', '如已填好修正列'],
    ['ru', 'а когда исправления вписаны'],
  ])('is for gorod learn, which is said in %s with the options', async (lang, words) => {
    await run(['--developer-key-file', 'the key', '--split']);
    const args = ['run', 'orders.gorod.review.csv', '--lang', lang, '--cache', 'my cache.sqlite', ...COLUMNS];
    const hint = await gorod(args, { cwd: folder.path });
    expect(hint.code).toBe(2);
    expect(hint.stderr).toContain(words);
    expect(hint.stderr).not.toContain('gorod retry');
    const [, command = ''] = /[:：] ?(gorod learn .*)\n/.exec(hint.stderr) ?? [];
    expect(command).toContain('gorod learn orders.gorod.review.csv --cache "my cache.sqlite"');
    expect(await inShell(command, here())).toMatchObject({ code: 0 });
  });
});

function here() {
  return { cwd: folder.path };
}
