import { fileURLToPath } from 'node:url';

/**
 * Path of a file of gorod's own package, which may be missing: `ownFile('dist/gazetteer.sqlite')`. The same from the
 * sources and from what is built of them, as this module lies directly in `src` and every built one directly in `dist`.
 */
export function ownFile(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
