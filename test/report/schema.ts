import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

const validate = new Ajv({
  allErrors: true,
  formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ },
}).compile(JSON.parse(readFileSync('docs/report.schema.json', 'utf8')));

/** What the published schema finds wrong with a report; empty for a good one. */
export function schemaErrors(report: unknown): readonly unknown[] {
  validate(report);
  return validate.errors ?? [];
}
