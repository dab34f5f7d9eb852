import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync('docs/check.md', 'utf8');

/** The events that commands tell, as they stand in the code. */
function events(): readonly string[] {
  const sources = readdirSync('src/commands', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`src/commands/${name}`, 'utf8'));
  const told = sources.flatMap((source) => [...source.matchAll(/(?:event: |info\(|counted\()'([a-z_]+)'/g)]);
  return [...new Set(told.map(([, event = '']) => event))];
}

test('docs/check.md names every event of the log', () => {
  expect(events()).toEqual(expect.arrayContaining(['summary', 'next', 'threshold']));
  for (const event of events()) expect(page, event).toContain(`\`${event}\``);
});
