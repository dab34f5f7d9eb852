/** One question to detect-city, after every cell has been repaired. */
export interface AddressQuery {
  /** Six digits; only of a question that a person has settled, perhaps what else its cell holds. */
  readonly postcode: string;
  /** The address as the file has it, in any script or romanization; never empty. */
  readonly address: string;
  /** Cash to collect on delivery, in roubles; 0 for none. */
  readonly codRub: number;
  /** ISO 3166-1 alpha-2, lower case; detect-city knows only `ru`. */
  readonly countryCode: string;
  /** Stop after the FIAS place and do not look for the CDEK city. */
  readonly fiasOnly: boolean;
}
