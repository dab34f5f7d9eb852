/** Requests that are under way, each under the key of its question, for all who have that question. */
export interface InFlight<T> {
  get(key: string): Promise<T> | undefined;
  /** Begins one, which is forgotten when it ends. */
  begin(key: string, request: () => Promise<T>): Promise<T>;
}

/** With none under way. */
export function inFlightRequests<T>(): InFlight<T> {
  const requests = new Map<string, Promise<T>>();
  return {
    get: (key) => requests.get(key),
    begin(key, request) {
      const begun = request().finally(() => requests.delete(key));
      // Everyone who waits may have left by the time it fails.
      begun.catch(() => {});
      requests.set(key, begun);
      return begun;
    },
  };
}
