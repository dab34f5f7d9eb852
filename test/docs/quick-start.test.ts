import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { describe, expect, test } from 'vitest';
import { gorod, temporaryFolder } from '../support/cli.ts';

const PAGES = ['docs/quick-start.md', 'docs/quick-start.zh.md', 'docs/quick-start.ru.md'] as const;

/** The blocks of a page in one language, without the indentation that they have in lists. */
function blocks(page: string, language: string): string[] {
  const found = [...page.matchAll(new RegExp(`^( *)\`\`\`${language}\\n(.*?)^ *\`\`\`$`, 'gms'))];
  return found.map(([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/** What is typed after `node dist/cli.js`, in the order of the page. */
function commands(page: string): string[][] {
  const lines = blocks(page, 'sh').flatMap((block) => block.split('\n'));
  return lines.flatMap((line) => (line.startsWith('node dist/cli.js ') ? [line.split(' ').slice(2)] : []));
}

describe.each(PAGES)('%s', (file) => {
  const page = readFileSync(file, 'utf8');

  test('goes from a clone to a result in three commands', () => {
    const [first = ''] = blocks(page, 'sh');
    const lines = first.trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.slice(0, 2)).toEqual(['npm ci', 'npm run build']);
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    expect(scripts).toHaveProperty('build');
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    expect(page).toContain(engines.node.replace('>=', ''));
  });

  test('every command does what it says, on the file that it shows', { timeout: 60_000 }, async () => {
    using folder = temporaryFolder();
    const env = { XDG_CACHE_HOME: folder.file('cache'), HOME: folder.path };
    const run = async (args: readonly string[]) => {
      const result = await gorod(args, { cwd: folder.path, env });
      expect([args, result.code, result.stderr]).toEqual([args, 0, expect.any(String)]);
    };
    const table = (name = 'my-orders.gorod.csv') => {
      const text = readFileSync(folder.file(name), 'utf8');
      const delimiter = text.includes(';') && file.endsWith('.ru.md') ? ';' : ',';
      return { delimiter, rows: parse(text, { delimiter, columns: true, bom: true }) as Record<string, string>[] };
    };
    const verdicts = () => table().rows.map((row) => row.cdek_verdict);
    const [orders = ''] = blocks(page, 'csv');
    writeFileSync(folder.file('my-orders.csv'), orders);

    const [first = [], split = [], learn = [], again = [], retry = [], ...withKey] = commands(page);
    await run(first);
    expect(verdicts()).toEqual(['accept', 'review', 'reject']);
    expect(table().rows[0]).toMatchObject({ cdek_city_name: 'Благовещенск', cdek_city_code: '286' });
    expect(page).toContain('286');
    for (const column of page.matchAll(/`(cdek_\w+)`/g)) expect(table().rows[0]).toHaveProperty([column[1] ?? '']);

    await run(split);
    const review = 'my-orders.gorod.review.csv';
    const { rows, delimiter } = table(review);
    expect(rows).toHaveLength(1);
    const filled = rows.map((row) => ({ ...row, fix_postcode: '353900' }));
    writeFileSync(folder.file(review), stringify(filled, { header: true, delimiter }));
    expect(page).toContain('353900');
    await run(learn);
    await run(again);
    expect(verdicts()).toEqual(['accept', 'accept', 'reject']);
    await run(retry);
    expect(withKey).toEqual([first]);
  });
});
