import { EXIT_CODES } from '../../errors.ts';
import { SOME_DEFERRED } from '../terminal.ts';
import type { Check, CheckState } from './check-credentials.ts';

const WORDS: Readonly<Record<CheckState, string>> = {
  works: 'works',
  refused: 'refused',
  unusable: 'cannot be used',
  unasked: 'cannot be told',
  unverifiable: 'cannot be told',
  absent: 'not configured',
};

/** The checks as a table of one line each, with a head. */
export function renderChecks(checks: readonly Check[]): string {
  const lines = [['credential', 'from', 'state', ''], ...checks.map(toLine)];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function toLine({ credential, configured, state, endpoints, detail }: Check): string[] {
  const from = configured.map((part) => `${part.from} (length ${part.length})`).join(', ');
  // An option that stands in the way names its endpoint itself.
  const who = state === 'works' || (state === 'unasked' && !detail.startsWith('--')) ? `${endpoints.join(', ')}: ` : '';
  return [credential, from === '' ? '-' : from, WORDS[state], `${who}${detail}`];
}

/** 2 where one cannot be used or is refused, else 3 where one could not be asked, else 0. */
export function exitCodeOf(checks: readonly Check[]): number {
  const isAny = (...states: readonly CheckState[]) => checks.some(({ state }) => states.includes(state));
  if (isAny('refused', 'unusable')) return EXIT_CODES.BAD_KEY;
  return isAny('unasked') ? SOME_DEFERRED : 0;
}
