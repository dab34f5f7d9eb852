/** A map that keeps the `most` entries that were set last; all of them where `most` is infinite. */
export function newest<Value>(most: number): {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  entries(): Iterable<readonly [key: string, value: Value]>;
  clear(): void;
} {
  const entries = new Map<string, Value>();
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size <= most) return;
      const oldest = entries.keys().next();
      if (oldest.done !== true) entries.delete(oldest.value);
    },
    entries: () => entries,
    clear: () => entries.clear(),
  };
}
