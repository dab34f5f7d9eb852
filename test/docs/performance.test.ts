import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OUTPUT_COLUMNS } from '../../src/pipeline/output-columns.ts';

const page = readFileSync('docs/performance.md', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

test('docs/performance.md names measurements that there are', () => {
  const named = [...page.matchAll(/`npm run ([\w:]+)`/g)].map(([, name]) => name ?? '');
  expect(new Set(named).size).toBeGreaterThanOrEqual(4);
  for (const name of named) expect(scripts).toHaveProperty([name]);
});

test('its variables are those that the measurements read', () => {
  const source = readFileSync('scripts/bench.ts', 'utf8');
  for (const [name] of page.matchAll(/BENCH_\w+/g)) expect(source).toContain(`process.env.${name}`);
});

test('a spreadsheet of 12 columns comes out with as many as it says', () => {
  expect(page).toContain(`of 12 columns in, of ${12 + OUTPUT_COLUMNS.length} out`);
});

test('the variables of the month are those that its script reads', () => {
  const source = readFileSync('scripts/month.ts', 'utf8');
  const named = [...page.matchAll(/MONTH_\w+/g)].map(([name]) => name);
  expect(new Set(named).size).toBe(3);
  for (const name of named) expect(source).toContain(`process.env.${name}`);
});
