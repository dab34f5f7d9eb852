/** Who shares a cache file, in the tables that runs share. */
export interface Owner {
  /** Unlike that of every other process that ever shared the file. */
  readonly name: string;
  /** The clock of what expires, in milliseconds; see machineClock. */
  readonly now: () => number;
  /** How long what was taken or announced holds without being renewed, in milliseconds. */
  readonly lifetimeMs: number;
  /** The rates it has announced, in starts a second, by origin; outlives a database that is set aside. */
  readonly rates: Map<string, number>;
}
