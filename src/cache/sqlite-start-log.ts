import type { Database } from 'better-sqlite3';
import type { Owner } from './owner.ts';
import type { StartLog, StartView } from './start-log.ts';
import { writing } from './writing.ts';

type PaceRow = readonly [starts: number, planned: number, pausedUntil: number];

/** Old starts are deleted with every so many new ones. */
const SWEEP_EVERY = 64;

/** The starts at one origin in an open database of schema.ts. SQLite's errors pass as they are. */
export function sqliteStartLog(database: Database, origin: string, owner: Owner): StartLog {
  const { now } = owner;
  const pace = database
    .prepare<[string], PaceRow>('SELECT starts, planned, paused_until FROM paces WHERE origin = ?')
    .raw(true);
  const savePace = database.prepare('INSERT OR REPLACE INTO paces VALUES (?, ?, ?, ?)');
  const startAt = database
    .prepare<[string, number], number>('SELECT at FROM starts WHERE origin = ? AND number = ?')
    .pluck();
  const saveStart = database.prepare('INSERT OR REPLACE INTO starts VALUES (?, ?, ?)');
  const amend = database.prepare('UPDATE starts SET at = ? WHERE origin = ? AND number BETWEEN ? AND ?');
  // Also what lies ahead: it is of the time before the machine was started anew.
  const sweep = database.prepare('DELETE FROM starts WHERE origin = ? AND (at < ? OR at > ?)');
  const lowest = database
    .prepare<[string, number, number], number>(
      'SELECT min(per_second) FROM askers WHERE origin = ? AND expires > ? AND expires <= ?',
    )
    .pluck();

  const own = () => owner.rates.get(origin) ?? Number.POSITIVE_INFINITY;

  function exclusively<T>(work: (view: StartView) => T): T {
    const time = now();
    const before = pace.get(origin) ?? [0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    // Nothing is planned ahead, so this too is of the time before the machine was started anew.
    const valid = before[1] <= time;
    let starts = before[0];
    const view: StartView = {
      now: time,
      get lowestRate() {
        return Math.min(own(), lowest.get(origin, time, time + owner.lifetimeMs) ?? own());
      },
      planned: valid ? before[1] : Number.NEGATIVE_INFINITY,
      pausedUntil: valid ? before[2] : Number.NEGATIVE_INFINITY,
      nthLast(count) {
        const at = startAt.get(origin, starts - count) ?? Number.NEGATIVE_INFINITY;
        return at > time ? Number.NEGATIVE_INFINITY : at;
      },
      start(keepSince) {
        const number = starts;
        starts += 1;
        saveStart.run(origin, number, time);
        if (number % SWEEP_EVERY === 0) sweep.run(origin, keepSince, time);
        return number;
      },
    };
    const result = work(view);
    if (starts !== before[0] || view.planned !== before[1] || view.pausedUntil !== before[2]) {
      savePace.run(origin, starts, view.planned, view.pausedUntil);
    }
    return result;
  }

  const alone = writing(database, (work: (view: StartView) => unknown) => exclusively(work));
  const announce = database.prepare('INSERT OR REPLACE INTO askers VALUES (?, ?, ?, ?)');
  return {
    now,
    exclusively: <T>(work: (view: StartView) => T) => alone(work) as T,
    amend: (starts, at) => {
      amend.run(at, origin, starts[0], starts.at(-1));
    },
    announce: (perSecond) => {
      owner.rates.set(origin, perSecond);
      announce.run(origin, owner.name, perSecond, now() + owner.lifetimeMs);
    },
  };
}
