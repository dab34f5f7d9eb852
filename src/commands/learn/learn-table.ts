import { stringify } from 'csv-stringify/sync';
import { type Lesson, openOverrides, readOverrides } from '../../cache/override-file.ts';
import { GorodError } from '../../errors.ts';
import { withTable } from '../../formats/open-table.ts';
import type { Texts } from '../../languages.ts';
import {
  EXPORT_COLUMNS,
  type ExportColumn,
  fromCells,
  LIST_COLUMNS,
  NEEDED_COLUMNS,
  toCells,
} from '../../learn/override-table.ts';
import { type Refused, refused } from '../../learn/parse-fix.ts';
import { REFUSALS } from '../../learn/refusals.ts';
import { taughtCity, taughtPlace, taughtQuestion } from '../../learn/taught.ts';
import { knownHeaders } from '../../pipeline/known-headers.ts';
import { openOutputFile, streamOutput } from '../../pipeline/output-file.ts';
import { printable, type Terminal, tell } from '../terminal.ts';
import { type LearnConfig, overridesPath, report } from './learn-file.ts';
import { exported, NOTHING_LEARNT, noExport, notThere, removed } from './learn-lines.ts';

/** Exit code of a command that did not find all that it was to remove. */
const SOME_MISSING = 1;

/** `gorod learn --list`: what is learnt, as a CSV on stdout. */
export function listLearnt(config: LearnConfig, terminal: Terminal): void {
  const { text, count } = table(LIST_COLUMNS, config, terminal);
  terminal.stdout.write(printable(text));
  if (count > 0) return;
  tell({ level: 'info', event: 'nothing_learnt', text: NOTHING_LEARNT[config.lang] }, config, terminal);
}

/** `gorod learn --export FILE`: what is learnt, with all that another machine needs of it; `-` for stdout. */
export async function exportLearnt(file: string, config: LearnConfig, terminal: Terminal): Promise<void> {
  const { text, count } = table(EXPORT_COLUMNS, config, terminal);
  const output = await (file === '-' ? streamOutput(terminal.stdout, 'stdout') : openOutputFile(file));
  try {
    await output.write(text);
    await output.commit();
  } catch (error) {
    await output.discard();
    throw error;
  }
  if (file === '-') return;
  const written = exported(file, count)[config.lang];
  tell({ level: 'info', event: 'exported', text: written, fields: { file, count } }, config, terminal);
}

/** `gorod learn --remove ID`: says which ids there were; ends with 1 where one was not there. */
export function removeLearnt(ids: readonly number[], config: LearnConfig, terminal: Terminal): void {
  const path = overridesPath(config, terminal);
  const known = new Set(readOverrides(path).map(({ id }) => id));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length < ids.length) {
    const overrides = openOverrides(path);
    try {
      terminal.stdout.write(`${removed(overrides.remove(ids).length)[config.lang]}\n`);
    } finally {
      overrides.close();
    }
  }
  if (missing.length === 0) return;
  terminal.stdout.write(`${notThere(missing.join(', '))[config.lang]}\n`);
  terminal.exit(SOME_MISSING);
}

/** `gorod learn --import FILE`: takes what another machine has exported, and says line by line what was refused. */
export async function importLearnt(file: string, config: LearnConfig, terminal: Terminal): Promise<void> {
  const path = overridesPath(config, terminal);
  const lines = refuseContradictions(await readLines(file, config, terminal));
  const overrides = openOverrides(path);
  try {
    overrides.teach(lines.flatMap(({ lesson }) => (isRefused(lesson) ? [] : [lesson])));
  } finally {
    overrides.close();
  }
  const told = lines.map(({ line, lesson }) =>
    isRefused(lesson) ? { line, ...lesson } : { line, kind: 'taken' as const, what: describe(lesson) },
  );
  report(told, undefined, config, terminal);
}

interface ImportedLine {
  readonly line: number;
  readonly lesson: Lesson | Refused;
}

async function readLines(
  file: string,
  config: LearnConfig,
  { stdin, signal }: Terminal,
): Promise<readonly ImportedLine[]> {
  const { delimiter, sheet, encoding, maxRowBytes } = config;
  const reading = { delimiter, sheet, encoding, maxRowBytes, stdin, signal, headerWords: knownHeaders };
  const lines: ImportedLine[] = [];
  await withTable(file, { ...reading, badRows: 'stop', longRows: 'stop' }, async ({ name, header, batches }) => {
    const headers = header.cells.map((cell) => cell.trim().toLowerCase());
    const missing = NEEDED_COLUMNS.filter((column) => !headers.includes(column));
    if (missing.length > 0) {
      throw new GorodError('BAD_COLUMNS', noExport(name, missing.join(', ')));
    }
    const columns = EXPORT_COLUMNS.map((column) => [column, headers.indexOf(column)] as const);
    for await (const rows of batches) {
      for (const { line, cells } of rows) {
        const named = Object.fromEntries(columns.map(([column, index]) => [column, cells[index] ?? '']));
        lines.push({ line, lesson: fromCells(named as Record<ExportColumn, string>, Date.now()) });
      }
    }
  });
  return lines;
}

/** Lines that teach different things about one question are all refused. */
function refuseContradictions(lines: readonly ImportedLine[]): readonly ImportedLine[] {
  const taught = new Map<string, Set<string>>();
  for (const { lesson } of lines) {
    if (isRefused(lesson)) continue;
    const key = JSON.stringify(lesson.question);
    taught.set(key, (taught.get(key) ?? new Set()).add(JSON.stringify(lesson.correction)));
  }
  return lines.map(({ line, lesson }) => {
    if (isRefused(lesson) || taught.get(JSON.stringify(lesson.question))?.size === 1) return { line, lesson };
    return { line, lesson: refused(REFUSALS.contradicting) };
  });
}

function table(columns: readonly ExportColumn[], config: LearnConfig, terminal: Terminal) {
  const rows = readOverrides(overridesPath(config, terminal)).map((override) => {
    const cells = toCells(override);
    return columns.map((column) => cells[column]);
  });
  return { text: stringify([[...columns], ...rows]), count: rows.length };
}

function describe({ correction }: Lesson): Texts {
  if (correction.kind === 'question') return taughtQuestion('');
  const { detected_cdek_city: city, detected_fias_city: place } = correction.detection;
  return city === undefined ? taughtPlace(place?.formal_name ?? '') : taughtCity(city.cityCode, city.cityName);
}

function isRefused(lesson: Lesson | Refused): lesson is Refused {
  return 'why' in lesson && 'kind' in lesson;
}
