import type { CdekCity } from './detection.ts';

/** A city that API v2 gives for a postcode. Without a code it is known to CDEK, but nothing is delivered there. */
export type PostcodeCity = Omit<CdekCity, 'cityCode'> & Partial<Pick<CdekCity, 'cityCode'>>;
