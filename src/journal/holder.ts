import { readFileSync, writeFileSync } from 'node:fs';
import type { Texts } from '../languages.ts';
import { JOURNAL_TEXTS } from './texts.ts';

/** The file beside a journal in which its holder names itself, for the message to a second run. */
export function holderFile(journal: string): string {
  return `${journal}.holder`;
}

/** Writes down who holds the journal. */
export function nameHolder(journal: string, holder: string): void {
  writeFileSync(holderFile(journal), holder, { mode: 0o600 });
}

/** Who holds the journal, in words. */
export function readHolder(journal: string): string | Texts {
  try {
    return readFileSync(holderFile(journal), 'utf8') || JOURNAL_TEXTS.unnamedHolder;
  } catch {
    return JOURNAL_TEXTS.unnamedHolder;
  }
}
