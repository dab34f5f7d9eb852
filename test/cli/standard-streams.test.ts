import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const ORDERS = 'id,postcode,address\n1,675000,"Lenina 21, 2 Blagoveschensk"\n';
const LOCAL = ['--detector', 'local', '--fields', 'status,city_code'];
const ENRICHED = /^id,postcode,address,cdek_status,cdek_city_code\n1,675000,"Lenina 21, 2 Blagoveschensk",OK,286\n$/;

let folder: TemporaryFolder;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

describe('a lone -', () => {
  it('is stdin and, without -o, stdout', async () => {
    const { code, stdout, stderr } = await gorod(['run', '-', ...LOCAL], { stdin: ORDERS });
    expect(code).toBe(0);
    expect(stdout).toMatch(ENRICHED);
    expect(stderr).toContain('an interrupted run cannot be gone on with');
  });

  it('is stdout after -o, wherever it stands', async () => {
    expect((await gorod(['run', '-o', '-', '-', ...LOCAL], { stdin: ORDERS })).stdout).toMatch(ENRICHED);
  });

  it('beside a file is a second input', async () => {
    writeFileSync(folder.file('orders.csv'), ORDERS);
    const result = await gorod(['run', 'orders.csv', '-', '-o', 'out.csv'], { cwd: folder.path });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('--output names one file');
  });

  it('can be written to a file', async () => {
    await gorod(['run', '-', '-o', 'out.csv', ...LOCAL], { cwd: folder.path, stdin: ORDERS });
    expect(readFileSync(folder.file('out.csv'), 'utf8')).toMatch(ENRICHED);
  });

  it.each(['--quiet', '--quiet=true'])('is no file that gorod retry could write anew (%s)', async (quiet) => {
    const result = await gorod(['retry', '-', quiet, '--detector', 'local'], { cwd: folder.path, stdin: ORDERS });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('name one with --output');
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it.each([[], ['--quiet=true']])('is what gorod learn reads from stdin (%j)', async (...more) => {
    const result = await gorod(['learn', '-', ...more], { cwd: folder.path, stdin: ORDERS });
    expect(result.stderr).toContain('stdin: has none of the columns fix_postcode');
  });
});

describe('a command line that cannot be meant', () => {
  it.each([
    [['run'], 'No file is named. For example: gorod run orders.csv'],
    [['run', 'x.csv', '--outptu', 'y'], 'Unknown argument: outptu. Did you mean --output? See gorod'],
    [['run', 'x.csv', '--rate', 'fast'], '--rate: '],
    [['run', 'x.csv', '--prefix', 'a', '--prefix', 'b'], '--prefix: given 2 times'],
    [['run', 'x.csv', '--endpoint', 'http://127.0.0.1:9/x'], '--endpoint needs a developer key'],
    [['run', 'x.csv', '--detector', 'api'], 'CDEK_DEVELOPER_KEY'],
    [['run', 'x.csv', '--endpoint', 'v3'], '--endpoint: must be an http or https address, or one of detect-city, v2'],
    [['nonsense'], 'Unknown argument: nonsense'],
    [[], 'Name a command'],
  ])('%j ends with 2 and says what is wrong', async (args, message) => {
    const { code, stderr, stdout } = await gorod(args, { cwd: folder.path });
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it.each(['v2-test', 'https://api.edu.cdek.ru/x'])(
    'an endpoint of another API, %s, does not get the key',
    async (url) => {
      const env = { CDEK_DEVELOPER_KEY: 'key' };
      const { code, stderr } = await gorod(['run', 'x.csv', '--endpoint', url], { cwd: folder.path, env });
      expect(stderr).toContain("api.edu.cdek.ru belongs to CDEK's API v2; --detector cdek asks it");
      expect(code).toBe(2);
    },
  );

  it.each([
    [['run', 'missing.csv'], 'cannot read missing.csv'],
    [['run', 'orders.csv', '--gazetteer', 'missing.sqlite'], 'missing.sqlite'],
  ])('%j ends with 1, without a stack trace', async (args, message) => {
    writeFileSync(folder.file('orders.csv'), ORDERS);
    const { code, stderr } = await gorod(args, { cwd: folder.path });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(1);
  });
});
