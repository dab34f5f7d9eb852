import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Texts } from '../languages.ts';
import { JOURNAL_TEXTS } from './texts.ts';

/** The file beside a journal in which its holder names itself, for the message to a second run. */
function holderFile(journal: string): string {
  return `${journal}.holder`;
}

/** Writes down who holds the journal. */
export function nameHolder(journal: string, holder: string): void {
  writeFileSync(holderFile(journal), holder, { mode: 0o600 });
}

/** Takes the name away, as far as that can be done. */
export function forgetHolder(journal: string): void {
  try {
    rmSync(holderFile(journal), { force: true });
  } catch {
    // It is only read while somebody has the journal, who then writes it anew.
  }
}

/** Who holds the journal, in words. */
export function readHolder(journal: string): string | Texts {
  try {
    return readFileSync(holderFile(journal), 'utf8') || JOURNAL_TEXTS.unnamedHolder;
  } catch {
    return JOURNAL_TEXTS.unnamedHolder;
  }
}
