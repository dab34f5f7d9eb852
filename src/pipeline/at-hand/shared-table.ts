import { randomInt } from 'node:crypto';

/**
 * A table in memory that threads share. It has records, some bytes that a value is found by, and entries, which are four
 * numbers and two doubles; each is known by a number that is never 0. Nothing is moved or taken back; what one thread
 * keeps the others can find from then on.
 */
export interface SharedTable {
  /** What another thread makes its own table of. */
  readonly memory: SharedArrayBuffer;
  /** Whether no more is kept; so it is as soon as there was no room for something. */
  isFull(): boolean;
  /** The record whose bytes are those from `start` to `end`; 0 where there is none. */
  find(bytes: Uint8Array, start: number, end: number): number;
  /**
   * Keeps a record with a value, unless there is one with such bytes: the first one stands. Returns the one that stands,
   * 0 where there is no room left.
   */
  put(bytes: Uint8Array, value: number): number;
  /** The bytes of a record, which must not be changed. */
  bytes(record: number): Uint8Array;
  value(record: number): number;
  setValue(record: number, value: number): void;
  /** Makes an entry, all zero; returns 0 where there is no room left. */
  enter(): number;
  number(entry: number, at: NumberAt): number;
  setNumber(entry: number, at: NumberAt, value: number): void;
  double(entry: number, at: DoubleAt): number;
  /** Only for an entry of which no other thread knows yet. */
  setDouble(entry: number, at: DoubleAt, value: number): void;
}

type NumberAt = 0 | 1 | 2 | 3;
type DoubleAt = 0 | 1;

/** Pages that nothing was written to take no memory. */
const MEMORY_BYTES = 64 << 20;
const SLOTS = 1 << 19;
const LAST_SLOT = SLOTS - 1;
const MOST_RECORDS = SLOTS * 0.75;
const MOST_ENTRIES = 1 << 18;

/** Where in the memory, in words of four bytes, stands what. Of entries the first is left out: there is no number 0. */
const NEXT = 0;
const RECORDS = 1;
const ENTRIES = 2;
const SEED = 3;
const FIRST_SLOT = 4;
const FIRST_ENTRY = FIRST_SLOT + SLOTS;
const ENTRY_WORDS = 8;
const FIRST_RECORD = FIRST_ENTRY + MOST_ENTRIES * ENTRY_WORDS;

/** How a record begins, in words: the length of its bytes, which come last, their hash, the value. */
const HASH = 1;
const VALUE = 2;
const HEAD = 3;

/** Where the doubles of an entry begin, in doubles. */
const FIRST_DOUBLE = FIRST_ENTRY / 2 + 2;

/** Memory for a new table. */
export function tableMemory(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(MEMORY_BYTES);
  // Nobody who sends files can foresee which keys meet in a slot.
  new Int32Array(memory).set([FIRST_RECORD, 0, 1, randomInt(0x7fff_ffff)]);
  return memory;
}

/**
 * The table in some memory.
 *
 * A record stands in a slot only when it is whole, and who has its number or that of an entry has it from a slot, a value
 * or a number. Those are written and read atomically: whatever another thread wrote before is there for plain reads, too.
 */
export function sharedTable(memory: SharedArrayBuffer): SharedTable {
  const words = new Int32Array(memory);
  const doubles = new Float64Array(memory);
  const all = Buffer.from(memory);
  const seed = words[SEED] ?? 0;

  const isFull = () =>
    Atomics.load(words, NEXT) >= words.length ||
    Atomics.load(words, RECORDS) >= MOST_RECORDS ||
    Atomics.load(words, ENTRIES) >= MOST_ENTRIES;

  function keep(bytes: Uint8Array, hash: number, value: number): number {
    const size = HEAD + Math.ceil(bytes.length / 4);
    if (isFull()) return 0;
    const record = Atomics.add(words, NEXT, size);
    if (record + size > words.length) return 0;
    words[record] = bytes.length;
    words[record + HASH] = hash;
    words[record + VALUE] = value;
    all.set(bytes, (record + HEAD) * 4);
    return record;
  }

  function holds(record: number, hash: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (words[record + HASH] !== hash || words[record] !== end - start) return false;
    let at = (record + HEAD) * 4;
    for (let from = start; from < end; from += 1) {
      if (all[at] !== bytes[from]) return false;
      at += 1;
    }
    return true;
  }

  return {
    memory,
    isFull,
    find(bytes, start, end) {
      const hash = hashOf(bytes, start, end, seed);
      for (let slot = hash & LAST_SLOT; ; slot = (slot + 1) & LAST_SLOT) {
        const record = Atomics.load(words, FIRST_SLOT + slot);
        if (record === 0 || holds(record, hash, bytes, start, end)) return record;
      }
    },
    put(bytes, value) {
      const hash = hashOf(bytes, 0, bytes.length, seed);
      let own = 0;
      for (let slot = hash & LAST_SLOT; ; slot = (slot + 1) & LAST_SLOT) {
        let record = Atomics.load(words, FIRST_SLOT + slot);
        if (record === 0) {
          if (own === 0) own = keep(bytes, hash, value);
          if (own === 0) return 0;
          // Another thread may take the slot at the same moment: for the same bytes, or for others.
          record = Atomics.compareExchange(words, FIRST_SLOT + slot, 0, own);
          if (record === 0) Atomics.add(words, RECORDS, 1);
          if (record === 0) return own;
        }
        if (holds(record, hash, bytes, 0, bytes.length)) return record;
      }
    },
    bytes: (record) => all.subarray((record + HEAD) * 4, (record + HEAD) * 4 + (words[record] ?? 0)),
    value: (record) => Atomics.load(words, record + VALUE),
    setValue: (record, value) => {
      Atomics.store(words, record + VALUE, value);
    },
    enter() {
      if (isFull()) return 0;
      const entry = Atomics.add(words, ENTRIES, 1);
      return entry < MOST_ENTRIES ? entry : 0;
    },
    number: (entry, at) => Atomics.load(words, FIRST_ENTRY + entry * ENTRY_WORDS + at),
    setNumber: (entry, at, value) => {
      Atomics.store(words, FIRST_ENTRY + entry * ENTRY_WORDS + at, value);
    },
    double: (entry, at) => doubles[FIRST_DOUBLE + (entry * ENTRY_WORDS) / 2 + at] ?? 0,
    setDouble: (entry, at, value) => {
      doubles[FIRST_DOUBLE + (entry * ENTRY_WORDS) / 2 + at] = value;
    },
  };
}

/** FNV-1a, with the last steps of MurmurHash3 so that its low bits serve as well as the others. */
function hashOf(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let hash = seed ^ 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
