import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliOptions, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';

const ORDERS = 'id,postcode,address\n1,675000,"Lenina 21, 2 Blagoveschensk"\n';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(folder.file('inbox'));
});
afterEach(() => folder[Symbol.dispose]());

function run(args: readonly string[] = [], options: CliOptions = {}) {
  return gorod(['run', 'inbox', '--output-dir', 'outbox', ...args], { cwd: folder.path, ...options });
}

function put(name: string, text: string | Uint8Array = ORDERS): void {
  writeFileSync(folder.file(`inbox/${name}`), text);
}

function results(): readonly string[] {
  return readdirSync(folder.file('outbox'))
    .filter((name) => !name.startsWith('.'))
    .sort();
}

describe('gorod run with a folder', () => {
  it('does each file, and nothing when it is called again', async () => {
    put('a.csv');
    put('b.tsv', ORDERS.replace('"Lenina 21, 2 Blagoveschensk"', 'Lenina 21 Blagoveschensk').replaceAll(',', '\t'));
    put('.hidden.csv');
    put('readme.txt');
    expect(await run()).toMatchObject({ code: 0, stdout: '' });
    expect(results()).toEqual(['a.gorod.csv', 'b.gorod.tsv']);
    const written = readFileSync(folder.file('outbox/a.gorod.csv'), 'utf8');
    expect(written).toContain(',OK,');

    rmSync(folder.file('outbox/a.gorod.csv'));
    const again = await run();
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('inbox: nothing new, files done before: 2');
    // Whoever took the result away has it.
    expect(results()).toEqual(['b.gorod.tsv']);
  });

  it('does a file again that holds something else, not one that was only touched', async () => {
    put('a.csv');
    put('b.csv');
    await run();
    utimesSync(folder.file('inbox/a.csv'), 1, 1);
    appendFileSync(folder.file('inbox/b.csv'), '2,300041,"Mira 1, Tula"\n');
    const again = await run();
    expect(again.stderr).not.toContain('a.csv →');
    expect(again.stderr).toContain('inbox/b.csv → outbox/b.gorod.csv');
    expect(readFileSync(folder.file('outbox/b.gorod.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(3);
  });

  it('does a file again with other options that decide, not with others', async () => {
    put('a.csv');
    await run();
    expect((await run(['--concurrency', '2', '--cache', 'c.sqlite'])).stderr).toContain('nothing new');
    expect((await run(['--fields', 'status'])).stderr).toContain('a.csv →');
    expect((await run(['--fields', 'status'])).stderr).toContain('nothing new');
    expect((await run(['--fields', 'status', '--restart'])).stderr).toContain('a.csv →');
  });

  it('knows its files when the folders have been moved together', async () => {
    put('a.csv');
    await run();
    mkdirSync(folder.file('moved'));
    for (const name of ['inbox', 'outbox']) renameSync(folder.file(name), folder.file(`moved/${name}`));
    const args = ['run', 'moved/inbox', '--output-dir', 'moved/outbox'];
    expect((await gorod(args, { cwd: folder.path })).stderr).toContain('nothing new');
  });

  it('writes beside the files where no other folder is named, and takes no result for an input', async () => {
    put('a.csv');
    const beside = () => gorod(['run', 'inbox'], { cwd: folder.path });
    expect((await beside()).code).toBe(0);
    expect((await beside()).stderr).toContain('nothing new, files done before: 1');
    expect(readdirSync(folder.file('inbox')).sort()).toEqual(['.gorod-done.sqlite', 'a.csv', 'a.gorod.csv']);
  });

  it('tells of a bad file, does the others, and ends with the code that comes first', async () => {
    put('a.csv', 'id,name\n1,x\n');
    put('b.csv', `${ORDERS}2,675000\n`);
    put('c.csv');
    const first = await run();
    expect(first.code).toBe(2);
    expect(first.stderr).toContain('inbox/a.csv: no postcode column');
    expect(first.stderr).toContain('inbox/b.csv, line 3');
    expect(results()).toEqual(['c.gorod.csv']);
    rmSync(folder.file('inbox/a.csv'));
    expect((await run()).code).toBe(1);
    put('b.csv');
    expect((await run()).code).toBe(0);
    expect(results()).toEqual(['b.gorod.csv', 'c.gorod.csv']);
  });

  it('is content with an empty folder', async () => {
    expect(await run()).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing new') });
  });

  it('writes the summary that was asked for also where nothing was new', async () => {
    await run(['--summary', 'summary.json']);
    expect(JSON.parse(readFileSync(folder.file('summary.json'), 'utf8'))).toMatchObject({ rowsIn: 0, requests: 0 });
  });

  it('refuses results that would take each other’s name before anything is done', async () => {
    put('a.csv');
    put('a.csv.gz', 'x');
    put('a.zip', 'x');
    const result = await run();
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining('would both be written to') });
    expect(existsSync(folder.file('outbox'))).toBe(false);
  });

  it('does not write over the result of another folder’s file', async () => {
    put('a.csv');
    await run();
    mkdirSync(folder.file('second'));
    writeFileSync(folder.file('second/a.csv'), ORDERS);
    const result = await gorod(['run', 'second', '--output-dir', 'outbox'], { cwd: folder.path });
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('outbox/a.gorod.csv was made from outbox/../inbox/a.csv'.replace('outbox/../', ''));
  });

  it('tells where rows are deferred', async () => {
    await using dead = await startScriptedUpstream({ reply: () => ({ kind: 'reset' }) });
    put('a.csv');
    put('b.csv', ORDERS.replace('21', '22'));
    const env = { CDEK_DEVELOPER_KEY: 'k' };
    const result = await run(['--endpoint', dead.url, '--no-cache', '--retries', '0'], { env });
    expect(result.code).toBe(3);
    const options = `--detector api --endpoint ${dead.url} --no-cache`;
    expect(result.stderr).toContain(
      `to ask again: gorod retry outbox/a.gorod.csv ${options}; gorod retry outbox/b.gorod.csv ${options}`,
    );
  });
});

describe('two runs over one folder', () => {
  let upstream: ScriptedUpstream;
  beforeEach(async () => {
    upstream = await startScriptedUpstream({ latencyMs: 300 });
  });
  afterEach(() => upstream[Symbol.asyncDispose]());

  const api = (args: readonly string[] = [], options: CliOptions = {}) =>
    run(['--endpoint', upstream.url, '--cache', 'c.sqlite', ...args], {
      env: { CDEK_DEVELOPER_KEY: 'k' },
      ...options,
    });

  it('at one time ask every question once and both end well', async () => {
    for (const name of ['a', 'b', 'c']) put(`${name}.csv`, ORDERS.replace('21', name));
    const [one, other] = await Promise.all([api(), api()]);
    expect([one.code, other.code]).toEqual([0, 0]);
    expect(results()).toEqual(['a.gorod.csv', 'b.gorod.csv', 'c.gorod.csv']);
    expect(upstream.requests).toHaveLength(3);
  });

  it('of which the first was killed go on where it was', async () => {
    for (const name of ['a', 'b', 'c']) put(`${name}.csv`, ORDERS.replace('21', name));
    const killed = await api([], {
      whileRunning: (child) => {
        const poll = setInterval(() => {
          if (upstream.requests.length < 2) return;
          clearInterval(poll);
          child.kill('SIGKILL');
        }, 5);
      },
    });
    expect(killed.code).toBeNull();
    expect((await api()).code).toBe(0);
    expect(results()).toEqual(['a.gorod.csv', 'b.gorod.csv', 'c.gorod.csv']);
    expect((await api()).stderr).toContain('nothing new, files done before: 3');
  });
});

describe('several files', () => {
  it('may be named by a pattern that the shell has left alone', async () => {
    put('a.csv');
    put('b.csv');
    const result = await gorod(['run', 'inbox/*.csv'], { cwd: folder.path });
    expect(result.code).toBe(0);
    expect(readdirSync(folder.file('inbox')).sort()).toEqual(['a.csv', 'a.gorod.csv', 'b.csv', 'b.gorod.csv']);
    const again = await gorod(['run', 'inbox/*.csv'], { cwd: folder.path });
    expect(again.stderr).toContain('a.csv →');
  });

  it('end with 2 where the pattern matches nothing', async () => {
    const result = await gorod(['run', 'inbox/*.csv'], { cwd: folder.path });
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining('no file matches') });
  });

  it('do not wait for a bad one', async () => {
    put('a.csv', 'x\n1\n');
    put('b.csv');
    const result = await gorod(['run', 'inbox/nope.csv', 'inbox/a.csv', 'inbox/b.csv'], { cwd: folder.path });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('inbox/nope.csv');
    expect(existsSync(folder.file('inbox/b.gorod.csv'))).toBe(true);
  });

  it('that gorod has written point to gorod retry', async () => {
    put('a.csv');
    await gorod(['run', 'inbox/a.csv'], { cwd: folder.path });
    const again = await gorod(['run', 'inbox/a.gorod.csv'], { cwd: folder.path });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('gorod retry inbox/a.gorod.csv');
    expect(again.stderr).toContain('"cdek_status", "cdek_message", "cdek_verdict", … (+24)');
  });
});
