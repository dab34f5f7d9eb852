import { randomInt } from 'node:crypto';

/** So many numbers a record has, besides its bytes. */
export const NUMBERS = 4;
type NumberAt = 0 | 1 | 2 | 3;
/** Which number of a record that is found by its key is what was put there; the next one is the key's hash. */
export const VALUE = 0;
const HASH = 1;

/**
 * Records in memory that threads share: each some bytes and four numbers, known by where it stands, which is never 0.
 * Nothing that was kept is moved or taken back; what another thread keeps can be found from then on.
 */
export interface SharedTable {
  /** What another thread makes its own table of. */
  readonly memory: SharedArrayBuffer;
  /** Whether no more is kept. */
  isFull(): boolean;
  /** Keeps a record; returns 0 where there is no room left. */
  keep(bytes: Uint8Array, numbers?: readonly number[]): number;
  /** The bytes of a record, which must not be changed. */
  bytes(record: number): Uint8Array;
  number(record: number, at: NumberAt): number;
  setNumber(record: number, at: NumberAt, value: number): void;
  /** The record whose key stands in some bytes from `start` to `end`; 0 where there is none. */
  find(bytes: Uint8Array, start: number, end: number): number;
  /**
   * Keeps a record to be found by a key, its number at `VALUE` being `value`, unless there is one: the first one stands.
   * Returns the one that stands, 0 where there is no room left.
   */
  put(key: Uint8Array, value: number): number;
}

/** Pages that nothing was written to take no memory. */
const MEMORY_BYTES = 64 << 20;
const SLOTS = 1 << 19;
const MOST_KEYS = SLOTS * 0.75;

/** Where in the memory, in words of four bytes, stands what: the records come last. */
const NEXT = 0;
const KEYS = 1;
const SEED = 2;
const FIRST_SLOT = 3;
const FIRST_RECORD = FIRST_SLOT + SLOTS;

/** How a record begins: its length in bytes, then its numbers. */
const HEAD = 1 + NUMBERS;

/** Memory for a new table. */
export function tableMemory(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(MEMORY_BYTES);
  // Nobody who sends files can foresee which keys meet in a slot.
  new Int32Array(memory).set([FIRST_RECORD, 0, randomInt(0x7fff_ffff)]);
  return memory;
}

/** The table in some memory. */
export function sharedTable(memory: SharedArrayBuffer): SharedTable {
  const words = new Int32Array(memory);
  const all = Buffer.from(memory);
  const seed = words[SEED] ?? 0;

  const isFull = () => Atomics.load(words, NEXT) >= words.length || Atomics.load(words, KEYS) >= MOST_KEYS;

  function keep(bytes: Uint8Array, numbers: readonly number[] = []): number {
    const size = HEAD + Math.ceil(bytes.length / 4);
    if (isFull()) return 0;
    const record = Atomics.add(words, NEXT, size);
    if (record + size > words.length) return 0;
    words[record] = bytes.length;
    words.set(numbers, record + 1);
    all.set(bytes, (record + HEAD) * 4);
    return record;
  }

  function holds(record: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (words[record] !== end - start) return false;
    let at = (record + HEAD) * 4;
    for (let from = start; from < end; from += 1) {
      if (all[at] !== bytes[from]) return false;
      at += 1;
    }
    return true;
  }

  /** A record that has been kept stands in a slot only when it is whole, for whichever thread finds it there. */
  function slotOf(hash: number, bytes: Uint8Array, start: number, end: number): number {
    for (let slot = hash & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      const record = Atomics.load(words, FIRST_SLOT + slot);
      if (record === 0) return FIRST_SLOT + slot;
      if (words[record + 1 + HASH] === hash && holds(record, bytes, start, end)) return FIRST_SLOT + slot;
    }
  }

  return {
    memory,
    isFull,
    keep,
    bytes: (record) => all.subarray((record + HEAD) * 4, (record + HEAD) * 4 + (words[record] ?? 0)),
    number: (record, at) => Atomics.load(words, record + 1 + at),
    setNumber: (record, at, value) => {
      Atomics.store(words, record + 1 + at, value);
    },
    find: (bytes, start, end) => Atomics.load(words, slotOf(hashOf(bytes, start, end, seed), bytes, start, end)),
    put(key, value) {
      const hash = hashOf(key, 0, key.length, seed);
      const known = Atomics.load(words, slotOf(hash, key, 0, key.length));
      const record = known === 0 ? keep(key, [value, hash]) : known;
      if (record === known) return known;
      // Another thread may take the slot at the same moment: for the same key, or for another one.
      for (;;) {
        const slot = slotOf(hash, key, 0, key.length);
        const before = Atomics.compareExchange(words, slot, 0, record);
        if (before === 0) Atomics.add(words, KEYS, 1);
        if (before === 0) return record;
        if (holds(before, key, 0, key.length)) return before;
      }
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
