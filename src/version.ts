import { readFileSync } from 'node:fs';
import { ownFile } from './own-file.ts';

/** gorod's own version, from its package.json. */
export function gorodVersion(): string {
  const text = readFileSync(ownFile('package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
