import { readFileSync, rmSync } from 'node:fs';
import { type Measured, measureNode } from './measure.ts';

/** `gorod run` from a file to a file that is not there yet. */
export function runGorod(
  input: string,
  output: string,
  given: readonly string[],
  threads: 1 | 2 = 1,
): Promise<Measured> {
  rmSync(output, { force: true });
  const options = [...given, '--threads', String(threads)];
  return measureNode(['dist/cli.js', 'run', input, '-o', output, '--quiet', ...options], {
    CDEK_DEVELOPER_KEY: 'bench-key',
  });
}

/** Throws unless a run asked nothing and deferred nothing: it would have been measured waiting. */
export function assertAllKnown(summaryFile: string, rows: number): void {
  const { rowsOut, requests, deferred } = JSON.parse(readFileSync(summaryFile, 'utf8'));
  if (rowsOut === rows && requests === 0 && deferred === 0) return;
  throw new Error(
    `${rowsOut} rows of ${rows}, ${requests} requests, ${deferred} deferred: delete .bench and try again`,
  );
}
