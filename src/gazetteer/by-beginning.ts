/** A row of a table under postcodes or their prefixes. */
export type CodeRow<T> = readonly [code: string, value: T];

/**
 * Reads rows by the first `digits` digits of their code, each beginning once: the other codes of a beginning are asked
 * soon, and a statement costs more than the few rows it finds. Gives the values of all codes that begin as the asked one.
 */
export function byBeginning<T>(
  digits: number,
  read: (beginning: string) => readonly CodeRow<T>[],
): (code: string) => ReadonlyMap<string, readonly T[]> {
  const known = new Map<string, ReadonlyMap<string, readonly T[]>>();
  return (code) => {
    const beginning = code.slice(0, digits);
    const values = known.get(beginning);
    if (values !== undefined) return values;
    const fresh = valuesByCode(read(beginning));
    known.set(beginning, fresh);
    return fresh;
  };
}

function valuesByCode<T>(rows: readonly CodeRow<T>[]): ReadonlyMap<string, readonly T[]> {
  const values = new Map<string, T[]>();
  for (const [code, value] of rows) {
    const same = values.get(code);
    if (same === undefined) values.set(code, [value]);
    else same.push(value);
  }
  return values;
}
