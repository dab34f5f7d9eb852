import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type ErrorCode, GorodError } from '../../errors.ts';
import { writeTrouble } from '../../file-trouble.ts';
import { builtinGazetteerFile } from '../../gazetteer/builtin-file.ts';
import type { Language } from '../../languages.ts';
import { openOutputFile } from '../../pipeline/output-file.ts';
import { addTally, emptyTally, type Tally } from '../../pipeline/tally.ts';
import { type FindingsCollector, findingsCollector } from '../../report/collect.ts';
import { type FailedInput, failedInput } from '../../report/failed-input.ts';
import { addFindings, emptyFindings } from '../../report/findings.ts';
import type { ReportInput } from '../../report/report.ts';
import type { Summary } from '../../report/summary.ts';
import { RUN_TEXTS } from './texts.ts';

/** A report while its inputs are worked on. */
export interface ReportDraft {
  /** A collector for the rows of one more input. */
  collector(input: string): FindingsCollector;
  /** Takes over what the rows of an input showed, once it is done. */
  add(input: string, tally: Tally, collector: FindingsCollector): void;
  /** Notes that an input is not in it, with the code of what went wrong. */
  fail(input: string, code: ErrorCode): void;
  /**
   * Puts it together and writes it whole or not at all; nothing where no input was done. Gives the file that was written.
   * `stopsRun`: `gorod run` would stop at rows that were counted. Throws GorodError OUTPUT_FAILED naming --report.
   */
  write(summary: Summary, stopsRun?: boolean): Promise<string | undefined>;
}

/**
 * Begins the report that `--report` asks for, over these inputs. Throws GorodError BAD_OPTION where it would take the
 * place of one of `files`.
 */
export function draftReport(path: string, language: Language, files: readonly string[]): ReportDraft {
  const taken = files.find((file) => file !== '-' && resolve(file) === resolve(path));
  if (taken !== undefined) {
    throw new GorodError('BAD_OPTION', RUN_TEXTS.reportOverFile(path));
  }
  const findings = emptyFindings();
  const tally = emptyTally();
  const inputs: ReportInput[] = [];
  const failedInputs: FailedInput[] = [];
  return {
    collector: (input) => findingsCollector({ file: shownName(input), language }),
    add: (input, part, collector) => {
      addTally(tally, part);
      addFindings(findings, collector.findings());
      inputs.push({ name: shownName(input), rows: part.rowsOut });
    },
    fail: (input, code) => void failedInputs.push(failedInput(shownName(input), code, language)),
    write: async (summary, stopsRun = false) => {
      // Where no file was done, what the last report says still holds.
      if (inputs.length === 0) return undefined;
      const [{ buildReport }, { readEarlier }] = await Promise.all([
        import('../../report/build-report.ts'),
        import('../../report/earlier.ts'),
      ]);
      const atlas = await builtinAtlas();
      const subjectNames = new Map(atlas?.subjects.map(({ code, name }) => [code, name]));
      const earlier = readEarlier(await earlierText(path), inputs);
      const about = { inputs, failedInputs, stopsRun, language, subjectNames, earlier };
      const report = buildReport({ summary, tally, findings, ...about });
      if (/\.json$/i.test(path)) return writeWhole(path, `${JSON.stringify(report, null, 2)}\n`);
      const { renderPage } = await import('../../report/html/page.ts');
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      return writeWhole(path, renderPage(report, { timeZone, ground: atlas }));
    },
  };
}

/** Without its folder, which may name a person. */
function shownName(input: string): string {
  return input === '-' ? 'stdin' : basename(input);
}

/** The names and places of the federal subjects. A report without them is still a report. */
async function builtinAtlas() {
  const { loadAtlas } = await import('../../gazetteer/atlas.ts');
  try {
    return loadAtlas(builtinGazetteerFile());
  } catch (error) {
    if (error instanceof GorodError) return undefined;
    throw error;
  }
}

const LARGEST_EARLIER = 64 << 20;

/** What stands at the report's place now; nothing where that is no file that can be read. */
async function earlierText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    return size > LARGEST_EARLIER ? '' : await readFile(path, 'utf8');
  } catch {
    return '';
  }
}

/** Gives the path. */
async function writeWhole(path: string, text: string): Promise<string> {
  try {
    const output = await openOutputFile(path);
    try {
      await output.write(text);
      await output.commit();
      return path;
    } catch (error) {
      await output.discard();
      throw error;
    }
  } catch (cause) {
    const reason = cause instanceof GorodError ? cause.texts : writeTrouble(cause);
    throw new GorodError('OUTPUT_FAILED', RUN_TEXTS.noReport(reason), { cause });
  }
}
