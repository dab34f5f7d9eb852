import { GorodError } from '../../errors.ts';
import { importCdek } from './cdek.ts';
import { csvRows } from './csv-rows.ts';
import { importGeonames } from './geonames.ts';
import { HFLABS_COLUMNS, importHflabs } from './hflabs.ts';
import type { ImportedRows } from './imported-rows.ts';
import { importOwn, OWN_COLUMNS } from './own.ts';
import type { SubjectFinder } from './subject-finder.ts';

/** Reads the whole content of `file`, which is only named in messages. */
export type Importer = (file: string, content: Buffer, finder: SubjectFinder) => ImportedRows;

/** Every format that can be imported, with the importer, what a source of it is called, and its licence. */
export const FORMATS = {
  own: { importer: importOwn, title: 'own CSV' },
  geonames: { importer: importGeonames, title: 'GeoNames postal codes', licence: 'CC BY 4.0' },
  hflabs: { importer: importHflabs, title: 'hflabs/city', licence: 'CC BY-SA 4.0' },
  cdek: { importer: importCdek, title: 'CDEK API v2 cities' },
} as const satisfies Record<string, { importer: Importer; title: string; licence?: string }>;

export type Format = keyof typeof FORMATS;
const FORMAT_NAMES = Object.keys(FORMATS) as readonly Format[];

/** The format of a file by its first bytes. One that is none of them is GorodError BAD_INPUT. */
export function recogniseFormat(file: string, content: Buffer): Format {
  const start = content
    .subarray(0, 4096)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const [firstLine = ''] = start.split(/\r?\n/, 1);
  if (start.startsWith('PK') || /^[A-Z]{2}\t[^\t]*\t/.test(firstLine)) return 'geonames';
  if (/^\s*[[{]/.test(start)) return 'cdek';
  const columns = /[,;\t|]/.test(firstLine) ? csvRows(file, firstLine).columns : [];
  if (HFLABS_COLUMNS.every((column) => columns.includes(column))) return 'hflabs';
  if (OWN_COLUMNS.some((column) => columns.includes(column))) return 'own';
  const formats = FORMAT_NAMES.join(', ');
  throw new GorodError('BAD_INPUT', `${file}: not one of the formats ${formats}; say which with --format`);
}
