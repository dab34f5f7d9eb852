import type { Database } from 'better-sqlite3';
import type { Leases } from './leases.ts';
import { hasEnded, type Owner } from './owner.ts';
import { writing } from './writing.ts';

/** Leases in an open database of schema.ts. One is free when its holder is known to have ended, or it has expired. */
export function sqliteLeases(database: Database, { name, now, lifetimeMs }: Owner): Leases {
  // Whatever would live longer than a lease may is of the time before the machine was started anew.
  const holderOf = database
    .prepare<[string, string, number, number], string>(
      'SELECT owner FROM leases WHERE key = ? AND owner <> ? AND expires > ? AND expires <= ?',
    )
    .pluck();
  const take = database.prepare(
    `INSERT INTO leases (key, owner, expires) VALUES (@key, @name, @expires)
     ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, expires = excluded.expires
     WHERE owner IN (excluded.owner, @ended) OR expires <= @time OR expires > excluded.expires`,
  );
  // The time is read under the lock: a lease that was taken while we waited for it must not look like one of the future.
  const takeNow = writing(database, (key: string, ended: string | undefined) => {
    const time = now();
    return take.run({ key, name, time, expires: time + lifetimeMs, ended: ended ?? null }).changes === 1;
  });
  const free = database.prepare<[string, string]>('DELETE FROM leases WHERE key = ? AND owner = ?');
  return {
    claim(key) {
      const time = now();
      // Reading first spares those who wait the lock for writing.
      const holder = holderOf.get(key, name, time, time + lifetimeMs);
      if (holder !== undefined && !hasEnded(holder)) return false;
      return takeNow(key, holder);
    },
    release: (key) => {
      free.run(key, name);
    },
  };
}
