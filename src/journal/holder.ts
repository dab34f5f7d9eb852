import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Texts } from '../languages.ts';
import { JOURNAL_TEXTS } from './texts.ts';

/** The file beside a journal in which its holder names itself, for the message to a second run. */
function holderFile(journal: string): string {
  return `${journal}.holder`;
}

/** Writes down which process holds the journal. */
export function nameHolder(journal: string, pid: number): void {
  writeFileSync(holderFile(journal), `${pid}`, { mode: 0o600 });
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
export function readHolder(journal: string): Texts {
  const pid = writtenIn(holderFile(journal));
  return /^\d+$/.test(pid) ? JOURNAL_TEXTS.process(pid) : JOURNAL_TEXTS.unnamedHolder;
}

function writtenIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
