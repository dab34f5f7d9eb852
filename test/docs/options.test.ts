import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderOptionsPage } from '../../scripts/docs/options.ts';

it('docs/options.md says what the option tables say; `npm run docs` renews it', () => {
  expect(readFileSync('docs/options.md', 'utf8')).toBe(renderOptionsPage());
});
