import { basename, dirname, extname, join } from 'node:path';
import { GorodError } from '../errors.ts';
import type { Texts } from '../languages.ts';
import { FORMAT_TEXTS } from './texts.ts';

/** How an output is kept, by its name. */
export interface OutputFormat {
  readonly container: 'plain' | 'gzip' | 'xlsx';
  /** The delimiter that the name asks for; undefined: that of the input. */
  readonly delimiter: '\t' | undefined;
}

/** Tells the format by the name of an output, `-` for stdout. Throws GorodError BAD_OPTION for what cannot be written. */
export function outputFormat(path: string): OutputFormat {
  const name = path.toLowerCase();
  const extension = extname(name);
  const isOtherSheet = ['.xls', '.xlsm', '.xlsb', '.ods'].includes(extension);
  if (isOtherSheet || extension === '.zip') {
    const instead = isOtherSheet ? '.xlsx' : CSV_NAMES;
    throw new GorodError('BAD_OPTION', FORMAT_TEXTS.notWritten(path, instead));
  }
  if (extension === '.xlsx') return { container: 'xlsx', delimiter: undefined };
  return { container: extension === '.gz' ? 'gzip' : 'plain', delimiter: isTabbed(name) ? '\t' : undefined };
}

/** Whether the name of a file says that tabs separate its cells. */
export function isTabbed(path: string): boolean {
  return /\.tsv(?:\.gz)?$/i.test(path);
}

const CSV_NAMES: Texts = { en: '.csv or .csv.gz', zh: '.csv 或 .csv.gz', ru: '.csv или .csv.gz' };

/** Extensions of inputs that are written as another. */
const WRITTEN_AS: ReadonlyMap<string, string> = new Map([
  ['', '.csv'],
  ['.gz', '.csv.gz'],
  ['.zip', '.csv'],
  ['.xls', '.xlsx'],
  ['.xlsb', '.xlsx'],
  ['.ods', '.xlsx'],
  // Macros are no part of the result.
  ['.xlsm', '.xlsx'],
]);

/** `orders.csv` → `orders.gorod.csv` beside it, `orders.zip` → `orders.gorod.csv`; stdin → stdout. */
export function defaultOutput(input: string): string {
  if (input === '-') return '-';
  const [extension = ''] = /(?:\.[ct]sv)?\.gz$/i.exec(input) ?? [extname(input)];
  const written = WRITTEN_AS.get(extension.toLowerCase()) ?? extension;
  return join(dirname(input), `${basename(input, extension)}.gorod${written}`);
}
