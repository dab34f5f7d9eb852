import { type ErrorCode, GorodError } from '../errors.ts';
import type { FoundInput } from '../inputs/find-inputs.ts';
import { type Language, sentences } from '../languages.ts';
import { RUN_TEXTS } from './run/texts.ts';
import { type Terminal, tell } from './terminal.ts';

/** Keeps one file's trouble from the others. */
export interface Troubles {
  /** Does the work on one file; an error that is this file's alone is told and returned, any other is thrown. */
  during(folder: string | undefined, work: () => Promise<void>): Promise<GorodError | undefined>;
  /** Sets the exit code where a file failed. */
  exit(): void;
}

const OF_ONE_FILE: ReadonlySet<ErrorCode> = new Set([
  'BAD_INPUT',
  'BAD_COLUMNS',
  'INPUT_UNREADABLE',
  'INPUT_CHANGED',
  'OUTPUT_FAILED',
  'OUTPUT_BUSY',
  'ROW_COUNT',
]);

/** In a folder these are no failure: the file is somebody else's at the moment, and taken next time. */
const FOR_NEXT_TIME: ReadonlySet<ErrorCode> = new Set(['INPUT_CHANGED', 'OUTPUT_BUSY']);

/** Which of several exit codes is the run's: the first of these. */
const PRECEDENCE: readonly number[] = [2, 1, 130];

/** An error that ends the run ends it with the exit code of an earlier file's where that comes first. */
function outrankedBy(error: GorodError, codes: ReadonlySet<number>): GorodError {
  const worst = PRECEDENCE.find((code) => codes.has(code) || code === error.exitCode);
  if (worst === undefined || worst === error.exitCode) return error;
  return new GorodError(worst === 2 ? 'BAD_COLUMNS' : 'BAD_INPUT', error.texts, { cause: error });
}

/** Collects what goes wrong with single files; where only one was named, its error is the run's own. */
export function collectTroubles(
  files: readonly FoundInput[],
  { lang, quiet }: { readonly lang: Language; readonly quiet: boolean },
  terminal: Terminal,
): Troubles {
  const [only, ...others] = files;
  const isLone = others.length === 0 && only?.folder === undefined;
  const codes = new Set<number>();

  return {
    during: async (folder, work) => {
      try {
        await work();
        return undefined;
      } catch (error) {
        if (isLone || !(error instanceof GorodError)) throw error;
        if (!OF_ONE_FILE.has(error.code)) throw outrankedBy(error, codes);
        if (folder !== undefined && FOR_NEXT_TIME.has(error.code)) {
          const fields = { code: error.code };
          const text = sentences(error.texts, RUN_TEXTS.leftForNextTime)[lang];
          tell({ level: 'info', event: 'left', text, fields }, { quiet }, terminal);
          return error;
        }
        const { code, exitCode, texts } = error;
        terminal.log({ level: 'error', event: 'file_failed', text: texts[lang], fields: { code, exitCode } });
        codes.add(error.exitCode);
        return error;
      }
    },
    exit: () => {
      const worst = PRECEDENCE.find((code) => codes.has(code));
      if (worst !== undefined) terminal.exit(worst);
    },
  };
}
