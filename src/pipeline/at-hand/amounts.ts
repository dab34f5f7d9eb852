import { parseCod } from '../../address/cod.ts';

/** Cells that are kept read: most amounts of a file come again and again. */
const MOST_CELLS = 20_000;

/** Digits and separators alone, in quotation marks or not. */
const PLAIN = /^("?)([\d.,]*)\1$/;

/** Reads cells of amounts, as they are written, into roubles; undefined for what has to be looked at more closely. */
export function amountReader(): (written: string) => number | undefined {
  const known = new Map<string, number | undefined>();
  return (written) => {
    const before = known.get(written);
    if (before !== undefined || known.has(written)) return before;
    const plain = PLAIN.exec(written)?.[2];
    const parsed = plain === undefined ? undefined : parseCod(plain);
    const amount = parsed?.ok === true ? parsed.value : undefined;
    if (known.size >= MOST_CELLS) known.clear();
    known.set(written, amount);
    return amount;
  };
}
