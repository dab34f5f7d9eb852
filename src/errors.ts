import { inEach, type Texts } from './languages.ts';

/** Every code a run can end with, and the exit code of the process it leads to. */
export const EXIT_CODES = {
  BAD_OPTION: 2,
  BAD_KEY: 2,
  BAD_COLUMNS: 2,
  BAD_INPUT: 1,
  INPUT_UNREADABLE: 1,
  INPUT_CHANGED: 1,
  OUTPUT_FAILED: 1,
  OUTPUT_BUSY: 1,
  ROW_COUNT: 1,
  CACHE_UNUSABLE: 1,
  CACHE_NEWER: 2,
  GAZETTEER_UNUSABLE: 1,
  CLOSED: 1,
  INTERRUPTED: 130,
} as const satisfies Record<string, 1 | 2 | 130>;

export type ErrorCode = keyof typeof EXIT_CODES;

/** What is wrong with a value, in every language; completes the sentence of whoever asked for the value. */
export class Misfit extends Error {
  readonly texts: Texts;

  constructor(texts: Texts) {
    super(texts.en);
    this.texts = texts;
  }
}

/**
 * The one error class of gorod. It names the file, line or option and the next step, and never holds a key or an
 * address. What goes wrong with somebody's files is said in every language, of which `message` is the English one; what is
 * wrong with a command line or a set-up may be said in English alone. Foreign errors are translated once, in the file that
 * owns the package, and kept as `cause`.
 */
export class GorodError extends Error {
  readonly code: ErrorCode;
  /** What `message` says, in every language. */
  readonly texts: Texts;

  constructor(code: ErrorCode, message: string | Texts, options?: { readonly cause?: unknown }) {
    const texts = typeof message === 'string' ? inEach(() => message) : message;
    super(texts.en, options);
    this.name = 'GorodError';
    this.code = code;
    this.texts = texts;
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}
