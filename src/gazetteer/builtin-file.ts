import { fileURLToPath } from 'node:url';

/**
 * Path of the gazetteer that `npm run build` compiles. The same from `src/` and from `dist/`, as both lie directly
 * under the package's root. The file may be missing when nothing was built yet.
 */
export function builtinGazetteerFile(): string {
  return fileURLToPath(new URL('../../dist/gazetteer.sqlite', import.meta.url));
}
