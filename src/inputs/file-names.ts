/** What a folder's tables are called. */
const TABLE = /\.(?:csv|tsv|csv\.gz|tsv\.gz|zip|xlsx)$/i;
/** Gorod's own results, what it leaves beside them while it works, and the lock files of spreadsheets. */
const OWN =
  /\.gorod\.(?:(?:accept|review|reject|retry)\.(?:kept-[\w-]+\.)?)?[a-z]+(?:\.gz)?$|\.partial(?:\.[a-z.-]+)?$|^~\$/i;

/** Whether a file of a folder is one to work on, by its name. */
export function isTable(name: string): boolean {
  return TABLE.test(name) && !name.startsWith('.') && !isNoInput(name);
}

/** Whether a file is a result of gorod's or not yet a file of anybody's, by its name. */
export function isNoInput(name: string): boolean {
  return OWN.test(name);
}
