export interface Remembered<Value> {
  isEmpty(): boolean;
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** What is held at the most, in bytes; the map's table comes on top. */
const MOST_BYTES = 64 << 20;

/** Remembers values within bounded memory; when that is used up it begins anew. `weight`: of a value, in bytes. */
export function remembered<Value>(weight: number): Remembered<Value> {
  const values = new Map<string, Value>();
  let held = 0;
  return {
    isEmpty: () => values.size === 0,
    get: (key) => values.get(key),
    set: (key, value) => {
      held += key.length + weight;
      if (held > MOST_BYTES) {
        values.clear();
        held = 0;
      }
      values.set(key, value);
    },
  };
}
