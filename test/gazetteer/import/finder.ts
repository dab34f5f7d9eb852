import { readFileSync } from 'node:fs';
import { builtinGazetteerFile } from '../../../src/gazetteer/builtin-file.ts';
import type { ImportedRows } from '../../../src/gazetteer/import/imported-rows.ts';
import type { Importer } from '../../../src/gazetteer/import/recognise.ts';
import { createSubjectFinder, type SubjectFinder } from '../../../src/gazetteer/import/subject-finder.ts';
import { loadDraft, loadExtents } from '../../../src/gazetteer/load-draft.ts';

/** A finder over the subjects and prefixes of the built-in gazetteer. */
export function builtinFinder(): SubjectFinder {
  return createSubjectFinder({ ...loadDraft(builtinGazetteerFile()), extents: loadExtents() });
}

/** What an importer finds in a file of fixtures/gazetteer. */
export function importFixture(importer: Importer, name: string): ImportedRows {
  return importer(name, readFileSync(`fixtures/gazetteer/${name}`), builtinFinder());
}
