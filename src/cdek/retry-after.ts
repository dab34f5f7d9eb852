/** A pause of more than an hour is taken for a mistake of the server's, and one hour is waited. */
const LONGEST_MS = 3_600_000;

/**
 * The header Retry-After, in seconds or as an HTTP date, as milliseconds from `now` (milliseconds since 1970): between
 * 0 and one hour, undefined for anything else.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const value = header?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return between(Number(value) * 1000);
  // Date.parse alone would take a bare number such as "-5" for a year.
  if (!/^[A-Za-z]{3,9},? /.test(value)) return undefined;
  // HTTP's third form of a date, that of asctime, has no zone and means GMT.
  const date = Date.parse(/\d{4}$/.test(value) ? `${value} GMT` : value);
  return Number.isNaN(date) ? undefined : between(date - now);
}

function between(ms: number): number {
  return Math.min(Math.max(Math.ceil(ms), 0), LONGEST_MS);
}
