import type { Database } from 'better-sqlite3';

/** Wraps work so that it is done in the transaction that is under way, or in one of its own: a savepoint costs as much. */
export function writing<Given extends readonly unknown[], Result>(
  database: Database,
  work: (...given: Given) => Result,
): (...given: Given) => Result {
  const alone = database.transaction((...given: unknown[]) => work(...(given as unknown as Given))).immediate;
  return (...given) => (database.inTransaction ? work(...given) : (alone(...given) as Result));
}
