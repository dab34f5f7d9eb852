import type { AddressQuery } from './query.ts';

const ASCII = /^[\0-\x7f]*$/;
const ASCII_GAPS = /[^a-z0-9]+/g;
const GAPS = /[^\p{L}\p{N}]+/gu;

/**
 * The spelling under which equal addresses meet: NFKC, lower case, every run of anything but letters and digits one
 * space, none at the ends. `12-3` and `12, 3` are the same, `12-3` and `123` are not.
 */
export function canonicalAddress(text: string): string {
  const spaced = ASCII.test(text)
    ? text.toLowerCase().replace(ASCII_GAPS, ' ')
    : // Lower case can decompose a letter again (İ), so the normal form comes last as well as first.
      text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(GAPS, ' ');
  return spaced.trim();
}

/**
 * The key under which a question is cached and shared in flight: way of answering, origin, country, fias_only,
 * postcode, canonical address, joined by `|`. The COD amount is not part of it (see StoredAnswer).
 */
export function questionKey(
  asked: { readonly detectorId: string; readonly origin: string },
  query: Pick<AddressQuery, 'address' | 'postcode' | 'countryCode' | 'fiasOnly'>,
): string {
  return questionKeyStart(asked, query) + canonicalAddress(query.address);
}

/** What the keys of all questions about a postcode begin with, whatever their address: their address is the rest. */
export function questionKeyStart(
  asked: { readonly detectorId: string; readonly origin: string },
  { fiasOnly, postcode, countryCode }: Pick<AddressQuery, 'postcode' | 'countryCode' | 'fiasOnly'>,
): string {
  return `${asked.detectorId}|${asked.origin}|${countryCode}|${fiasOnly ? 'fias' : 'full'}|${postcode}|`;
}

/**
 * The key under which a postcode's places are cached and shared in flight. Its end is not that of a question key, whose
 * last part but one is the postcode.
 */
export function postcodeKey(
  asked: { readonly detectorId: string; readonly origin: string },
  { countryCode, postcode }: Pick<AddressQuery, 'countryCode' | 'postcode'>,
): string {
  return `${asked.detectorId}|${asked.origin}|${countryCode}|${postcode}`;
}

/** What a question key was made of. `address` is the canonical one. */
export interface QuestionParts {
  readonly detectorId: string;
  readonly origin: string;
  readonly countryCode: string;
  readonly fiasOnly: boolean;
  readonly postcode: string;
  readonly address: string;
}

/** Takes a question key apart again; undefined for a text that is none. */
export function parseQuestionKey(key: string): QuestionParts | undefined {
  const [detectorId, origin, countryCode, kind, postcode, address, more] = key.split('|');
  if (detectorId === undefined || origin === undefined || countryCode === undefined) return undefined;
  if (postcode === undefined || address === undefined || more !== undefined) return undefined;
  if (kind !== 'full' && kind !== 'fias') return undefined;
  return { detectorId, origin, countryCode, fiasOnly: kind === 'fias', postcode, address };
}
