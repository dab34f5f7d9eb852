import { distance } from '../../toponym/compare.ts';
import { fold } from '../../toponym/fold.ts';
import { coreName } from '../local/core-name.ts';

/** Names of which one is nearly the other: of 1, the share in which they may still differ. */
const LEAST_GAP = 0.2;

/** By what two spellings of a name are the same: case and ё do not matter. */
export function nameKey(name: string): string {
  return name.trim().toLowerCase().replaceAll('ё', 'е');
}

/**
 * The names that may be taken for another one of the list: those that occur twice, and those so near to another one in
 * their folded forms that a slip of the pen leads from one to the other.
 */
export function findCollisions(names: readonly string[]): readonly string[] {
  const folded = names.map((name) => [...new Set([fold(name), fold(coreName(name))])]);
  return names.filter((_, index) =>
    names.some((_, other) => other !== index && areNear(folded[index] ?? [], folded[other] ?? [])),
  );
}

function areNear(ones: readonly string[], others: readonly string[]): boolean {
  return ones.some((one) =>
    others.some((other) => {
      const limit = LEAST_GAP * Math.max(one.length, other.length);
      return distance(one, other, limit) <= limit;
    }),
  );
}
