import { ownFile } from '../own-file.ts';

/** Path of the gazetteer that `npm run build` compiles. The file may be missing when nothing was built yet. */
export function builtinGazetteerFile(): string {
  return ownFile('dist/gazetteer.sqlite');
}
