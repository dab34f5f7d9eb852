import { resolve } from 'node:path';
import { VERDICTS, type Verdict } from '../address/verdict.ts';
import { GorodError } from '../errors.ts';

/** `orders.gorod.csv.gz` → `orders.gorod.accept.csv.gz` and its like: the files that `--split` makes of an output. */
export function splitPaths(output: string): Readonly<Record<Verdict, string>> {
  const [extension = ''] = /(?:\.[ct]sv)?\.gz$|\.[^./\\]+$/i.exec(output) ?? [];
  const name = output.slice(0, output.length - extension.length);
  const entries = VERDICTS.map((verdict) => [verdict, `${name}.${verdict}${extension}`]);
  return Object.fromEntries(entries) as Record<Verdict, string>;
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
