import type { Database } from 'better-sqlite3';
import { hasEnded, type Owner } from './owner.ts';
import type { FoundRates, Sharing } from './sharing.ts';
import { sqliteLeases } from './sqlite-leases.ts';
import { sqliteStartLog } from './sqlite-start-log.ts';
import type { StartLog } from './start-log.ts';

/** Sharing by one owner, who must renew what is held. */
export interface SqliteSharing extends Sharing {
  /** Lets what is held hold on for another lifetime, and deletes what others left behind. */
  renew(): void;
  /** Gives back all that is held. */
  leave(): void;
}

/** Sharing over an open database of schema.ts. What ended processes held is free. SQLite's errors pass as they are. */
export function sqliteSharing(database: Database, owner: Owner): SqliteSharing {
  const logs = new Map<string, StartLog>();
  const statements = ['askers', 'leases'].map((table) => ({
    renew: database.prepare(`UPDATE ${table} SET expires = @expires WHERE owner = @name`),
    sweep: database.prepare(`DELETE FROM ${table} WHERE expires <= @time OR expires > @expires`),
    leave: database.prepare(`DELETE FROM ${table} WHERE owner = @name`),
    owners: database.prepare<[], string>(`SELECT DISTINCT owner FROM ${table}`).pluck(),
  }));

  function startLog(origin: string): StartLog {
    const log = logs.get(origin) ?? sqliteStartLog(database, origin, owner);
    logs.set(origin, log);
    return log;
  }

  const renew = database.transaction(() => {
    const time = owner.now();
    const expires = time + owner.lifetimeMs;
    for (const { renew: hold } of statements) hold.run({ name: owner.name, expires });
    // A process that was stopped for long may have been taken for dead.
    for (const [origin, perSecond] of owner.rates) startLog(origin).announce(perSecond);
    for (const { sweep } of statements) sweep.run({ time, expires: owner.now() + owner.lifetimeMs });
  });
  const bury = database.transaction(() => {
    for (const statement of statements) {
      for (const name of statement.owners.all()) if (hasEnded(name)) statement.leave.run({ name });
    }
  });
  const leave = database.transaction(() => {
    for (const statement of statements) statement.leave.run({ name: owner.name });
  });

  bury.immediate();
  return {
    leases: sqliteLeases(database, owner),
    foundRates: sqliteFoundRates(database),
    startLog,
    renew: () => renew.immediate(),
    leave: () => leave.immediate(),
  };
}

function sqliteFoundRates(database: Database): FoundRates {
  const select = database.prepare<[string], number>('SELECT per_second FROM found_rates WHERE origin = ?').pluck();
  const replace = database.prepare('INSERT OR REPLACE INTO found_rates VALUES (?, ?, ?)');
  return {
    recall: (origin) => select.get(origin),
    remember: (origin, perSecond) => {
      replace.run(origin, perSecond, Date.now());
    },
  };
}
