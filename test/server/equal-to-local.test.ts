import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OUTPUT_COLUMNS } from '../../src/pipeline/output-columns.ts';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { seededRandom } from '../support/scripted-upstream.ts';
import { type CliServer, gorodServe } from './support/cli-server.ts';

/** What may differ: where an answer came from, and what the matcher thought of it. */
const MAY_DIFFER = new Set(['source', 'confidence', 'runner_up']);
const FIELDS = OUTPUT_COLUMNS.filter((column) => !MAY_DIFFER.has(column)).join(',');

let folder: TemporaryFolder;
let server: CliServer;
beforeAll(async () => {
  folder = temporaryFolder();
  server = await gorodServe(['--detector', 'local']);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

function run(input: string, name: string, args: readonly string[]) {
  const output = folder.file(name);
  return gorod(['run', input, '-o', output, '--restart', ...args], { env: { CDEK_DEVELOPER_KEY: 'any' } });
}

const local = ['--detector', 'local'];
const viaServer = ({ url } = server) => [
  ...['--detector', 'api', '--endpoint', url, '--rate', '10000', '--concurrency', '32'],
];

/** Runs a file both ways, once to be asked and once more from the cache. */
async function compare(input: string, more: readonly string[] = []): Promise<void> {
  const args = ['--fields', FIELDS, '--lang', 'ru', ...more];
  expect((await run(input, 'local.csv', [...local, ...args])).code).toBe(0);
  const cache = ['--cache', folder.file(`cache-${Math.abs(hash(input + more))}.sqlite`)];
  for (const name of ['asked.csv', 'cached.csv']) {
    expect(await run(input, name, [...viaServer(), ...cache, ...args])).toMatchObject({ code: 0 });
    expect(readFileSync(folder.file(name), 'utf8')).toBe(readFileSync(folder.file('local.csv'), 'utf8'));
  }
}

function hash(text: string): number {
  let value = 0;
  for (const letter of text) value = (Math.imul(value, 31) + (letter.codePointAt(0) ?? 0)) | 0;
  return value;
}

/** Many processes one after the other. */
const SLOW = { timeout: 120_000 };

describe('asking gorod serve gives what the local detector gives, the verdict included', () => {
  test('for the example orders', SLOW, () => compare('fixtures/orders.csv'));
  test('for the example orders with limits of the shop', SLOW, () =>
    compare('fixtures/orders.csv', ['--cod-limits', 'fixtures/cod-limits.csv']),
  );
  test('for the example orders with limits that the server has', SLOW, async () => {
    await using limited = await gorodServe(['--detector', 'local', '--cod-limits', 'fixtures/cod-limits.csv']);
    const args = ['--fields', FIELDS, '--lang', 'ru'];
    const limits = ['--cod-limits', 'fixtures/cod-limits.csv'];
    await run('fixtures/orders.csv', 'local.csv', [...local, ...args, ...limits]);
    await run('fixtures/orders.csv', 'asked.csv', [...viaServer(limited), '--no-cache', ...args]);
    expect(readFileSync(folder.file('asked.csv'), 'utf8')).toBe(readFileSync(folder.file('local.csv'), 'utf8'));
  });

  test('for the FIAS places', SLOW, () => compare('fixtures/orders.csv', ['--fias-only']));

  test('for a generated file of every kind of doubt', SLOW, async () => {
    const input = folder.file('generated.csv');
    writeFileSync(input, generated(1500));
    await compare(input);
    const verdicts = new Map<string, number>();
    for (const { cdek_verdict = '' } of rows('local.csv')) {
      verdicts.set(cdek_verdict, (verdicts.get(cdek_verdict) ?? 0) + 1);
    }
    // Of each there are enough that equality means something.
    expect([...verdicts.keys()].sort()).toEqual(['accept', 'reject', 'review']);
    for (const count of verdicts.values()) expect(count).toBeGreaterThan(20);
  });

  test('and what is in doubt there is in doubt here', async () => {
    await run('fixtures/orders.csv', 'doubt.csv', [...viaServer(), '--no-cache']);
    const unsure = rows('doubt.csv').filter(({ cdek_confidence }) => cdek_confidence !== '');
    expect(unsure.length).toBeGreaterThan(0);
    expect(unsure.filter(({ cdek_verdict }) => cdek_verdict === 'accept')).toEqual([]);
  });
});

function rows(name: string): Record<string, string>[] {
  return parse(readFileSync(folder.file(name)), { columns: true });
}

/**
 * Addresses of the test cases under other postcodes, with other amounts and with letters lost. The house numbers are all
 * different: two spellings that differ only in punctuation are one question, of which the first is asked.
 */
function generated(count: number): string {
  const cases: Record<string, string>[] = parse(readFileSync('fixtures/cases/addresses.csv'), {
    columns: true,
    comment: '#',
  });
  const random = seededRandom(42);
  const some = () => cases[Math.floor(random() * cases.length)] ?? {};
  const lines = Array.from({ length: count }, (_, index) => {
    const { address = '' } = some();
    const { postcode = '' } = random() < 0.7 ? (cases.find((one) => one.address === address) ?? {}) : some();
    const at = Math.floor(random() * address.length);
    const worn = random() < 0.3 ? address.slice(0, at) + address.slice(at + 1) : address;
    const cod = ['', '0', '1500', '250000', '1.200', '-5'][Math.floor(random() * 6)];
    return `${index},${random() < 0.03 ? '' : postcode},"${worn.replaceAll('"', '""')}, kv ${index}",${cod}`;
  });
  return ['id,postcode,address,cod', ...lines, ''].join('\n');
}
