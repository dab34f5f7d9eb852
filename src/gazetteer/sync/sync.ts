import { existsSync } from 'node:fs';
import { GorodError } from '../../errors.ts';
import { importCities } from '../import/cdek.ts';
import { FORMATS } from '../import/recognise.ts';
import { createSubjectFinder } from '../import/subject-finder.ts';
import { finishGazetteer } from '../import-files.ts';
import { emptyDraft, loadExtents, loadSources } from '../load-draft.ts';
import { mergeInto } from '../merge.ts';
import { compareSyncs, type SyncChanges } from './changes.ts';
import type { Directory, SyncedCity } from './directory.ts';
import { type Oddities, readPages, readPostcodes, recoverMissing } from './read-cities.ts';
import { openSyncState, type SyncState } from './state.ts';

export interface SyncOrder {
  /** The gazetteer file to write. The state lies beside it. */
  readonly output: string;
  /** The base address of API v2. */
  readonly base: string;
  readonly directory: Directory;
  /** How many cities are asked for their postcodes at one time. */
  readonly concurrency: number;
  readonly progress: SyncProgress;
  /** Cities a page. */
  readonly pageSize?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Told how it goes. */
export interface SyncProgress {
  /** What is gone on with, or why that is not done. */
  say(text: string): void;
  cities(read: number): void;
  postcodes(done: number, total: number): void;
}

export interface SyncReport {
  readonly output: string;
  readonly cities: number;
  readonly postcodes: number;
  /** Undefined for the first sync. */
  readonly changes: SyncChanges | undefined;
  /** When the sync before was begun, in milliseconds since 1970. */
  readonly since: number | undefined;
  readonly oddities: Readonly<Oddities>;
  /** Cities that were not written, with the reason. */
  readonly refused: readonly { readonly code: string; readonly reason: string }[];
}

const PAGE_SIZE = 1000;
/** What was read longer ago may be no longer so. */
const RESUMABLE_MS = 7 * 86_400_000;
const SOURCE = `${FORMATS.cdek.title}: sync with `;

/**
 * Reads all of API v2's cities of Russia with their postcodes and writes a gazetteer of them, in place of what an
 * earlier sync wrote. What was read stays on disk until then: a sync that was ended is gone on with. Throws GorodError:
 * BAD_OPTION where the file holds other places, else what the directory or the disk ends it with; the file is untouched.
 */
export async function syncGazetteer(order: SyncOrder): Promise<SyncReport> {
  refuseOthersPlaces(order.output);
  const state = openSyncState(`${order.output}.sync`);
  try {
    return await sync(order, state);
  } finally {
    state.close();
  }
}

async function sync(order: SyncOrder, state: SyncState): Promise<SyncReport> {
  const { base, directory, progress, concurrency } = order;
  const oddities: Oddities = { unreadable: 0, repeated: 0, recovered: 0, vanished: 0, unlisted: 0 };
  beginOrGoOn(order, state);
  await readPages(directory, state, oddities, progress.cities);
  const earlier = state.earlier()?.base === base ? state.earlier() : undefined;
  if (earlier !== undefined) await recoverMissing(directory, state, oddities);
  if (state.count('now') === 0) {
    throw new GorodError('INPUT_UNREADABLE', `API v2 at ${base} gave no cities; ${order.output} is as it was.`);
  }
  await readPostcodes(directory, state, concurrency, oddities, progress.postcodes);
  const refused = write(order, state);
  const changes = earlier === undefined ? undefined : compareSyncs(state.cities('earlier'), state.cities('now'));
  const postcodes = new Set([...state.cities('now')].flatMap((city) => city.postcodes ?? [])).size;
  const report = { output: order.output, cities: state.count('now'), postcodes, changes, oddities, refused };
  state.finish();
  return { ...report, since: earlier?.startedAt };
}

function beginOrGoOn({ base, progress, pageSize = PAGE_SIZE, now = Date.now }: SyncOrder, state: SyncState): void {
  const underway = state.underway();
  if (underway !== undefined && underway.base === base && now() - underway.startedAt < RESUMABLE_MS) {
    progress.say(`going on with the sync of ${day(underway.startedAt)}, ${state.count('now')} cities read`);
    return;
  }
  if (underway !== undefined) {
    const why = underway.base === base ? `it is of ${day(underway.startedAt)}` : `it was with ${underway.base}`;
    progress.say(`beginning anew, not going on with the sync that was ended: ${why}`);
  }
  state.begin({ base, startedAt: now() }, pageSize);
}

/** Writes the gazetteer; gives the cities that could not be used. */
function write({ output, base, now = Date.now }: SyncOrder, state: SyncState): SyncReport['refused'] {
  const draft = emptyDraft();
  const finder = createSubjectFinder({ ...draft, extents: loadExtents() });
  const cities = [...state.cities('now')];
  const rows = importCities(cities.map(toElement), finder);
  mergeInto(draft, { name: SOURCE + base, date: day(now()) }, rows.places);
  if (draft.places.length === 0) {
    const why = rows.refused[0]?.reason ?? rows.skipped.keys().next().value ?? 'no reason is known';
    const message = `none of API v2's cities could be used (the first: ${why}); ${output} is as it was.`;
    throw new GorodError('INPUT_UNREADABLE', message);
  }
  finishGazetteer(output, draft);
  return rows.refused.map(({ line, reason }) => ({ code: cities[line - 1]?.key ?? '', reason }));
}

function toElement({ json, postcodes = [] }: SyncedCity): unknown {
  return { city: json, postal_codes: postcodes };
}

/** A sync writes its file anew: what came from elsewhere would be lost. */
function refuseOthersPlaces(output: string): void {
  if (!existsSync(output)) return;
  const others = loadSources(output).filter(({ name }) => !name.startsWith(SOURCE));
  if (others.length === 0) return;
  throw new GorodError(
    'BAD_OPTION',
    `--output: ${output} holds places from ${others.map(({ name }) => name).join(', ')}, which a sync would lose. ` +
      'Name a file of its own, and import the others into a copy of that.',
  );
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
