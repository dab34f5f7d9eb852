import { resolve } from 'node:path';
import { VERDICTS, type Verdict } from '../address/verdict.ts';
import { GorodError } from '../errors.ts';

/** `orders.gorod.csv.gz` → `orders.gorod.accept.csv.gz` and its like: the files that `--split` makes of an output. */
export function splitPaths(output: string): Readonly<Record<Verdict, string>> {
  const entries = VERDICTS.map((verdict) => [verdict, withInfix(output, verdict)]);
  return Object.fromEntries(entries) as Record<Verdict, string>;
}

/** `orders.csv.gz` with `review` → `orders.review.csv.gz`. */
export function withInfix(path: string, infix: string): string {
  const [extension = ''] = EXTENSION.exec(path) ?? [];
  return `${path.slice(0, path.length - extension.length)}.${infix}${extension}`;
}

/** What a part that a person corrects was made of, by its name; undefined where it has another name by now. */
export function outputOfPart(part: string): string | undefined {
  const [extension = ''] = EXTENSION.exec(part) ?? [];
  const name = part.slice(0, part.length - extension.length);
  const verdict = FILLED_IN.find((filled) => name.endsWith(`.${filled}`));
  return verdict === undefined ? undefined : name.slice(0, -verdict.length - 1) + extension;
}

const EXTENSION = /(?:\.[ct]sv)?\.gz$|\.[^./\\]+$/i;

/** The verdicts whose rows a person corrects: their files have the fix columns. */
export const FILLED_IN = ['review', 'reject'] as const satisfies readonly Verdict[];

/** Whether the file of a verdict has the fix columns. */
export function isFilledIn(verdict: Verdict): boolean {
  return FILLED_IN.some((filled) => filled === verdict);
}

/** Throws GorodError BAD_OPTION where an output cannot be split: it has no file, or a part would be written over another file. */
export function assertSplittable(files: readonly { readonly path: string; readonly output: string }[]): void {
  const taken = new Map<string, string>();
  for (const { path, output } of files) {
    if (output === '-') throw new GorodError('BAD_OPTION', '--split: stdout cannot be split; name an --output.');
    for (const used of [path, output]) taken.set(resolve(used), used);
  }
  for (const { output } of files) {
    for (const part of Object.values(splitPaths(output))) {
      const other = taken.get(resolve(part));
      if (other !== undefined) {
        throw new GorodError('BAD_OPTION', `--split: ${other} would be written over; name another --output.`);
      }
      taken.set(resolve(part), part);
    }
  }
}
