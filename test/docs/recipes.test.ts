import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allCommands } from '../../scripts/docs/commands.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const PAGES = ['README.md', ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))];
const commands = await allCommands();

/** Every way in which a page calls gorod, whether in a block or in a sentence. */
function calls(page: string): string[] {
  const text = readFileSync(page, 'utf8').replaceAll(/\\?\n(?=--)/g, ' ');
  return [...text.matchAll(/\b(?:gorod|dist\/cli\.js) ([a-z][^`\n|&;>#)]*)/g)].flatMap(
    ([, call]) => call?.trim() ?? [],
  );
}

describe.each(PAGES)('%s', (page) => {
  const withOptions = calls(page).filter((call) => / --[a-z]/.test(call));
  test.runIf(withOptions.length > 0)('calls commands with options that they have', () => {
    for (const call of withOptions) {
      const known = commands.filter(({ name }) => `gorod ${call} `.startsWith(`${name} `)).at(-1);
      expect([call, known?.name]).toEqual([call, expect.any(String)]);
      const given = [...call.matchAll(/ (--[a-z-]+)/g)].map(([, option]) => option);
      expect([call, given.filter((option) => option !== '--help' && !known?.options.includes(option ?? ''))]).toEqual([
        call,
        [],
      ]);
    }
  });

  test('links to pages and files that there are', () => {
    const text = readFileSync(page, 'utf8');
    const links = [...text.matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)].map(([, target = '']) => target);
    const folder = page.startsWith('docs/') ? 'docs' : '.';
    expect(links.filter((target) => !existsSync(resolve(folder, target)))).toEqual([]);
  });
});

test('docs/README.md names every page', () => {
  const index = readFileSync('docs/README.md', 'utf8');
  const pages = readdirSync('docs').filter((name) => name !== 'README.md');
  expect(pages.filter((name) => !index.includes(`(${name})`))).toEqual([]);
});

describe('the recipes', () => {
  const page = readFileSync('docs/recipes.md', 'utf8');
  let folder: TemporaryFolder;

  beforeAll(() => {
    folder = temporaryFolder();
    mkdirSync(folder.file('bin'));
    symlinkSync(resolve('dist/cli.js'), folder.file('bin/gorod'));
    chmodSync('dist/cli.js', 0o755);
    writeFileSync(folder.file('import-into-shop'), '#!/bin/sh\ntouch imported\n', { mode: 0o755 });
    writeFileSync(folder.file('orders.csv'), 'order,postcode,address,cod\nA-1,675000,Lenina 21 Blagoveschensk,0\n');
    copyFileSync('fixtures/presets/shopify.csv', folder.file('shopify-export.csv'));
    const [, limits = ''] = /```csv\n(.*?)```/s.exec(page) ?? [];
    writeFileSync(folder.file('limits.csv'), limits);
    mkdirSync(folder.file('inbox'));
    const orders = 'Заказ;Индекс;Адрес\nА-1;675000;Благовещенск, Ленина 21\nА-2;350000;Краснодар, Красная 1\n';
    writeFileSync(folder.file('inbox/orders.csv'), iconv.encode(orders, 'windows-1251'));
  });
  afterAll(() => folder[Symbol.dispose]());

  function shell(script: string) {
    return spawnSync('bash', ['-c', script], {
      cwd: folder.path,
      encoding: 'utf8',
      env: {
        PATH: [folder.file('bin'), process.env.PATH].join(delimiter),
        HOME: folder.path,
        GOROD_DETECTOR: 'local',
      },
    });
  }

  const scripts = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, script = '']) => script);
  const runnable = scripts.filter((script) => !/serve|curl/.test(script));

  test('are nearly all run here', () => {
    expect(runnable.length).toBeGreaterThanOrEqual(5);
    expect(scripts.length - runnable.length).toBe(2);
  });

  test.each(runnable)('%s', (script) => {
    const { status, stderr } = shell(script);
    expect([status, stderr]).toEqual([0, expect.any(String)]);
  });

  test('do what they are for', () => {
    expect(existsSync(folder.file('imported'))).toBe(true);
    const result = iconv.decode(readFileSync(folder.file('outbox/orders.gorod.csv')), 'windows-1251');
    const rows = parse(result, { delimiter: ';', columns: true }) as Record<string, string>[];
    expect(rows.map((row) => [row.Заказ, row.cdek_verdict, row.cdek_message])).toEqual([
      ['А-1', 'accept', 'Город СДЭК определён'],
      ['А-2', 'accept', 'Город СДЭК определён'],
    ]);
    expect(readdirSync(folder.file('inbox'))).toEqual(['orders.csv']);
  });
});
