import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../src/errors.ts';
import * as library from '../../src/index.ts';

const page = readFileSync('docs/library.md', 'utf8');

/** The fields of an exported interface, as its source declares them. */
function fieldsOf(file: string, name: string): string[] {
  const [, body = ''] =
    new RegExp(`export interface ${name}[^{]*\\{\\n(.*?)\\n\\}`, 's').exec(readFileSync(file, 'utf8')) ?? [];
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)/gm)].flatMap(([, field]) => field ?? []);
}

describe('docs/library.md explains', () => {
  it.each(Object.entries(EXIT_CODES))('the code %s with its exit code', (code, exitCode) => {
    expect(page).toMatch(new RegExp(`^\\|[^|]*\`${code}\`[^|]*\\| ${exitCode} \\|`, 'm'));
  });

  it.each(Object.keys(library))('the export %s', (name) => {
    expect(page).toMatch(new RegExp(`\`${name}[\`(]`));
  });

  it.each([
    ['src/library/create-detector.ts', 'DetectorOptions'],
    ['src/library/enrich.ts', 'EnrichOptions'],
    ['src/library/enrich.ts', 'Enriched'],
  ])('every field of %s, %s', (file, name) => {
    const fields = fieldsOf(file, name);
    expect(fields.length).toBeGreaterThan(4);
    for (const field of fields) expect(page).toMatch(new RegExp(`\`${field}[\`(]`));
  });
});
