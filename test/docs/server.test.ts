import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { API_STATUS_CODES } from '../../src/address/detection.ts';
import { flagName } from '../../src/config/resolve.ts';
import { CSV_OPTIONS } from '../../src/config/serve-options.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import { QUESTION_SCHEMA } from '../../src/server/question.ts';
import { REFUSALS, SERVER_STATUS_CODES } from '../../src/server/refusals.ts';

const page = readFileSync('docs/server.md', 'utf8');

describe('docs/server.md explains', () => {
  it.each([...API_STATUS_CODES, ...SERVER_STATUS_CODES])('the code %s', (code) => {
    expect(page).toContain(`\`${code}\``);
  });

  it.each([...new Set(Object.values(REFUSALS).map(({ http }) => http))])('the HTTP status %i', (http) => {
    expect(page).toMatch(new RegExp(`^\\| (\\d+, )*${http}[, |]`, 'm'));
  });

  it.each(Object.keys(QUESTION_SCHEMA.properties))('the field %s', (field) => {
    expect(page).toContain(`| \`${field}\` |`);
  });

  it.each(Object.keys(CSV_OPTIONS).map(flagName))('the parameter %s', (parameter) => {
    expect(page).toContain(`\`${parameter}\``);
  });

  it('every figure of its own', async () => {
    const counts = { requests: 0, retries: 0, failures: 0, waitedMs: 0 };
    const text = await createMetrics(counts, () => 0).render();
    const names = [...text.matchAll(/^# HELP (gorod_\w+)/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect(page).toContain(`\`${name}\``);
  });
});
