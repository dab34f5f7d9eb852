import type { Database } from 'better-sqlite3';
import type { Detection } from '../address/detection.ts';
import type { AnswerCache, KeyedAnswer } from './cache.ts';
import type { StoredAnswer } from './stored-answer.ts';
import { writing } from './writing.ts';

type QuestionRow = readonly [
  answer: number,
  okUpTo: number | null,
  exceededFrom: number | null,
  fetchedAt: number,
  earlier: string | null,
  key: string,
];

/** Where in a row its key stands. */
const KEY = 5;

/** Sorts behind whatever a key goes on with, byte for byte in UTF-8. */
const GREATEST = '\u{10ffff}';

/** Answers that are kept parsed, some 15 MB: parsing would cost more than the rest of a hit. */
const PARSED_ANSWERS = 10_000;
/** Answers that were written and are remembered with their text, some 10 MB. */
const WRITTEN_ANSWERS = 5_000;

/** The cache over an open database of schema.ts. SQLite's errors pass as they are. */
export function answerStore(database: Database): AnswerCache {
  const select = database
    .prepare<[string], QuestionRow>(
      'SELECT answer, ok_up_to, exceeded_from, fetched_at, earlier, key FROM questions WHERE key = ?',
    )
    .raw(true);
  const selectStarting = database
    .prepare<[string, string], QuestionRow>(
      `SELECT answer, ok_up_to, exceeded_from, fetched_at, earlier, key FROM questions
       WHERE key >= ? AND key < ? ORDER BY key`,
    )
    .raw(true);
  const detectionOf = answerReader(database);

  const get = (key: string): StoredAnswer | undefined => toStored(select.get(key));

  const getFrom = (start: string): readonly KeyedAnswer[] =>
    selectStarting.all(start, start + GREATEST).flatMap((row) => {
      const answer = toStored(row);
      return answer === undefined ? [] : { key: row[KEY], answer };
    });

  function toStored(row: QuestionRow | undefined): StoredAnswer | undefined {
    if (row === undefined) return undefined;
    const [answer, okUpTo, exceededFrom, fetchedAt, earlierJson] = row;
    const detection = detectionOf(answer);
    // A row that makes no sense counts as never stored: it is asked and written anew.
    if (detection === undefined) return undefined;
    const earlier = earlierJson === null ? undefined : parseJson(earlierJson);
    return {
      detection,
      fetchedAt,
      ...(okUpTo === null ? {} : { okUpTo }),
      ...(exceededFrom === null ? {} : { exceededFrom }),
      ...(isStoredAnswer(earlier) ? { earlier } : {}),
    };
  }

  // One read transaction for all: without it SQLite takes and gives back its lock for every key.
  const getAll = database.transaction((keys: readonly string[]) => keys.map(get));
  const getAllStarting = database.transaction((starts: readonly string[]) => starts.map(getFrom));
  const set = writing(database, answerWriter(database));
  return {
    getMany: (keys) => (keys.length > 1 ? getAll(keys) : keys.map(get)),
    getStarting: (starts) => getAllStarting(starts),
    set,
    close: () => database.close(),
  };
}

/** Reads a distinct answer by its id; undefined where there is none or its JSON makes no sense. */
export function answerReader(database: Database): (id: number) => Detection | undefined {
  const select = database.prepare<[number], string>('SELECT json FROM answers WHERE id = ?').pluck(true);
  const parsed = new Map<number, Detection>();
  return (id) => {
    const known = parsed.get(id);
    if (known !== undefined) return known;
    const json = select.get(id);
    const detection = json === undefined ? undefined : parseJson(json);
    if (!isDetection(detection)) return undefined;
    if (parsed.size >= PARSED_ANSWERS) parsed.clear();
    parsed.set(id, detection);
    return detection;
  };
}

/** Writes an answer, and returns it with the very same detection as the last one that was equal. */
function answerWriter(database: Database): (key: string, stored: StoredAnswer) => StoredAnswer {
  // By its number the text is found in a third of the time; the text is compared because a number that was given in a
  // transaction that failed may be given once more.
  const isStill = database
    .prepare<[number, string], number>('SELECT 1 FROM answers WHERE id = ? AND json = ?')
    .pluck(true);
  const find = database.prepare<[string], number>('SELECT id FROM answers WHERE json = ?').pluck(true);
  const insert = database.prepare('INSERT INTO answers (json, status, fias_guid, city_code) VALUES (?, ?, ?, ?)');
  const replace = database.prepare(
    `INSERT OR REPLACE INTO questions (key, answer, ok_up_to, exceeded_from, fetched_at, earlier)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const written = new Map<string, { readonly id: number; readonly detection: Detection }>();

  function insertAnswer(json: string, { status_code, detected_cdek_city: city, detected_fias_city: place }: Detection) {
    const guid = place?.guid ?? city?.fiasGuid ?? null;
    return Number(insert.run(json, status_code, guid, city?.cityCode ?? null).lastInsertRowid);
  }

  function write(detection: Detection): { readonly id: number; readonly detection: Detection } {
    const json = JSON.stringify(detection);
    const known = written.get(json);
    if (known !== undefined && isStill.get(known.id, json) !== undefined) return known;
    const id = find.get(json) ?? insertAnswer(json, detection);
    if (written.size >= WRITTEN_ANSWERS) written.clear();
    const now = { id, detection: known?.detection ?? detection };
    written.set(json, now);
    return now;
  }

  return (key, stored) => {
    const { okUpTo, exceededFrom, fetchedAt, earlier } = stored;
    const { id, detection } = write(stored.detection);
    const before = earlier === undefined ? null : JSON.stringify(earlier);
    replace.run(key, id, okUpTo ?? null, exceededFrom ?? null, Math.floor(fetchedAt), before);
    return { ...stored, detection };
  };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isDetection(value: unknown): value is Detection {
  return isRecord(value) && typeof value.status_code === 'string';
}

function isStoredAnswer(value: unknown): value is StoredAnswer {
  return isRecord(value) && isDetection(value.detection) && typeof value.fetchedAt === 'number';
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
