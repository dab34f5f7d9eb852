import { GorodError } from '../../errors.ts';
import { type Directory, toSyncedCity } from './directory.ts';
import type { SyncState } from './state.ts';

/** What was odd while cities were read. */
export interface Oddities {
  /** Elements of pages that are no cities. */
  unreadable: number;
  /** Cities that came on two pages: the list moved while it was read. */
  repeated: number;
  /** Cities of the last sync that no page had, although they are there. */
  recovered: number;
  /** Cities that were there when their page was read, and not when their postcodes were asked. */
  vanished: number;
  /** Cities that are there, but for whose postcodes API v2 says that there is no such city. */
  unlisted: number;
}

/** After so many pages in a row with nothing new nothing more is expected: one or two may lie in the middle. */
const FRUITLESS_AT_END = 3;

/**
 * Reads all pages of cities into the state, from where it stands. Pages may have other lengths than asked, repeat cities
 * or be empty; only the end of the list ends it, which a page says twice. Throws GorodError INPUT_UNREADABLE where the
 * pages never change.
 */
export async function readPages(
  directory: Directory,
  state: SyncState,
  oddities: Oddities,
  onPage: (cities: number) => void,
): Promise<void> {
  for (let at = state.underway(); at?.nextPage !== undefined; at = state.underway()) {
    const { nextPage, size } = at;
    const page = await readPage(directory, nextPage, size);
    const elements = page ?? [];
    const cities = elements.flatMap((element) => toSyncedCity(element) ?? []);
    const isKnown = state.hasAll(cities);
    const fruitlessPages = isKnown ? at.fruitlessPages + 1 : 0;
    if (isKnown && elements.length === size) throw stuck(nextPage);
    // More than were asked for are always the whole list: such a server knows no pages.
    const isWhole = isKnown && elements.length > size;
    const isEnd = page === undefined || isWhole || fruitlessPages >= FRUITLESS_AT_END;
    const read = { size, fruitlessPages };
    const added = state.addCities(cities, { ...read, nextPage: isEnd ? undefined : nextPage + 1 });
    oddities.unreadable += elements.length - cities.length;
    if (!isWhole) oddities.repeated += cities.length - added;
    onPage(state.count('now'));
  }
}

/** A page; one that is empty or is said not to be there is asked for once more, and is what it is then. */
async function readPage(directory: Directory, page: number, size: number): Promise<readonly unknown[] | undefined> {
  const first = await directory.cities(page, size);
  if (first !== undefined && first.length > 0) return first;
  const second = await directory.cities(page, size);
  // They differ in what they say: that there is no such page has been said only once.
  return second ?? first;
}

function stuck(page: number): GorodError {
  return new GorodError(
    'INPUT_UNREADABLE',
    `API v2 gives the same cities for page ${page} as before: its list cannot be read page by page.`,
  );
}

/** Asks for the cities of the last sync that no page had: the list may have moved while it was read. */
export async function recoverMissing(directory: Directory, state: SyncState, oddities: Oddities): Promise<void> {
  for (const code of state.missing()) {
    const found = (await directory.city(code)).flatMap((element) => toSyncedCity(element) ?? []);
    const same = found.filter((city) => city.code === code);
    oddities.recovered += state.addCities(same);
  }
}

/** Asks for the postcodes of every city that has none yet, `concurrency` at a time. The first failure ends it. */
export async function readPostcodes(
  directory: Directory,
  state: SyncState,
  concurrency: number,
  oddities: Oddities,
  onCity: (done: number, total: number) => void,
): Promise<void> {
  const waiting = [...state.unasked()];
  const total = state.count('now');
  let failure: { readonly error: unknown } | undefined;

  async function work(): Promise<void> {
    for (let next = waiting.pop(); next !== undefined && failure === undefined; next = waiting.pop()) {
      const { key, code } = next;
      const postcodes = await directory.postcodes(code);
      if (postcodes !== undefined) state.setPostcodes(key, postcodes);
      else if ((await directory.city(code)).some((element) => toSyncedCity(element)?.code === code)) {
        state.setPostcodes(key, []);
        oddities.unlisted += 1;
      } else {
        state.remove(key);
        oddities.vanished += 1;
      }
      onCity(total - waiting.length, total);
    }
  }

  const workers = Array.from({ length: concurrency }, () =>
    work().catch((error: unknown) => {
      failure ??= { error };
    }),
  );
  await Promise.all(workers);
  if (failure !== undefined) throw failure.error;
}
