import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { API_STATUS_CODES } from '../../src/address/detection.ts';
import { ORDER_ERRORS } from '../../src/address/order-error.ts';
import { INVALID_STATUSES } from '../../src/address/outcome.ts';
import { VERDICTS } from '../../src/address/verdict.ts';
import { THRESHOLD_PASSED } from '../../src/commands/terminal.ts';
import { EXIT_CODES } from '../../src/errors.ts';
import { OUTPUT_COLUMNS } from '../../src/pipeline/output-columns.ts';

const page = readFileSync('docs/columns.md', 'utf8');
const readme = readFileSync('README.md', 'utf8');

describe('docs/columns.md explains', () => {
  it.each(OUTPUT_COLUMNS)('the column %s', (column) => {
    expect(page).toContain(`\`${column}\``);
  });

  const passedThrough = ['ERR_NO_DEVKEY', 'ERR_BAD_DEVKEY', 'ERR_INTERNAL'];
  const ownAndApi = new Set([...API_STATUS_CODES, ...INVALID_STATUSES, 'DEFERRED']);
  it.each([...ownAndApi].filter((code) => !passedThrough.includes(code)))('the status %s', (status) => {
    expect(page).toContain(`\`${status}\``);
  });

  it.each(VERDICTS)('the verdict %s', (verdict) => {
    expect(page).toMatch(new RegExp(`\\| [^|]*\\b${verdict}\\b[^|]* \\|$`, 'm'));
  });

  it.each(ORDER_ERRORS)('the order error %s', (error) => {
    expect(page).toContain(`| \`${error}\` |`);
  });

  it.each([0, 3, THRESHOLD_PASSED, ...new Set(Object.values(EXIT_CODES))])('the exit code %i', (code) => {
    expect(page).toContain(`| ${code} |`);
    expect(readme).toMatch(new RegExp(`\\b${code} [a-z]`));
  });
});
