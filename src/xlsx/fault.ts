import { GorodError } from '../errors.ts';
import { inEach, type Texts } from '../languages.ts';
import { XLSX_TEXTS } from './texts.ts';
import { XmlFault } from './xml.ts';

/**
 * Why a workbook cannot be read; completes "FILE: cannot be read as a spreadsheet: …". What no person can mend is said in
 * English alone.
 */
export class Fault extends Error {
  readonly texts: Texts;

  constructor(what: string | Texts, options?: { readonly cause?: unknown }) {
    const texts = typeof what === 'string' ? inEach(() => what) : what;
    super(texts.en, options);
    this.texts = texts;
  }
}

/** Runs a reading step; what it finds wrong with the workbook becomes GorodError BAD_INPUT that names the file. */
export function asBadInput(cause: unknown, name: string): unknown {
  if (!(cause instanceof Fault) && !(cause instanceof XmlFault)) return cause;
  const what = cause instanceof XmlFault ? XLSX_TEXTS.damagedPart(cause.message) : cause.texts;
  return new GorodError('BAD_INPUT', XLSX_TEXTS.unreadable(name, what), { cause });
}
