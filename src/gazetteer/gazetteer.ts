/** A federal subject of Russia. */
export interface Subject {
  /** Two digits, the `regionCodeExt` of CDEK and the first two of KLADR codes: `28`. */
  readonly code: string;
  /** As CDEK writes it in short: `Амурская`. */
  readonly name: string;
  /** With its kind, as in the constitution: `Амурская область`. */
  readonly fullName?: string;
  readonly fiasGuid?: string;
}

/** One name under which a place may be written. */
export interface PlaceName {
  readonly text: string;
  /** `fold(text)` of the toponym folder. */
  readonly folded: string;
  /** The official present name, another spelling or language of it, or a name no longer in force. */
  readonly kind: 'official' | 'alias' | 'former';
}

/** A populated place. What the gazetteer does not know is absent, never invented. */
export interface Place {
  readonly id: number;
  readonly name: string;
  readonly names: readonly PlaceName[];
  readonly subject: Subject;
  /** Raion or urban district. */
  readonly subRegion?: string;
  /** Settlement type as FIAS abbreviates it: г, пгт, п, с, д, ст-ца … */
  readonly settlementType?: string;
  /** FIAS level: 4 town, 6 settlement. */
  readonly aoLevel?: string;
  readonly fiasGuid?: string;
  readonly kladr?: string;
  /** CDEK's city code, digits. */
  readonly cityCode?: string;
  readonly cityUuid?: string;
  /** CDEK's own region code. */
  readonly regionCode?: string;
  /** The region's name as the source writes it, where that differs from the subject's. */
  readonly region?: string;
  readonly regionFiasGuid?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  /** IANA name. */
  readonly timezone?: string;
  /** Roubles; -1 no limit, 0 none collected. */
  readonly paymentLimit?: number;
  readonly population?: number;
  /** One postcode of the place, for messages. */
  readonly postcode?: string;
}

/** What a postcode may mean, and how surely. */
export interface CandidateSet {
  /**
   * `postcode`: the gazetteer lists the very postcode; `prefix`: only a prefix of it is known; `none`: not even that,
   * and all lists are empty.
   */
  readonly basis: 'postcode' | 'prefix' | 'none';
  /** Places of the exact postcode, or those known to own its prefix. Most populous first. */
  readonly owners: readonly Place[];
  /**
   * Every place of the postcode's federal subjects, owners included. Most populous first.
   * The same array object for all postcodes of the same subjects, so that an index over it can be kept beside it.
   */
  readonly around: readonly Place[];
  readonly subjects: readonly Subject[];
}

/** Where candidates come from when no API is asked. Synchronous: everything is in memory or in a local file. */
export interface Gazetteer {
  /** Changes whenever the content does; part of a job's fingerprint. */
  readonly version: string;
  /**
   * Candidates of a six-digit postcode. The same object is returned while the postcode stays in memory, and may be that
   * of other postcodes with the same candidates.
   */
  candidates(postcode: string): CandidateSet;
  /**
   * Every place of these federal subjects, most populous first; of one that it does not know, none. The same array object
   * for the same subjects.
   */
  around(subjects: readonly Subject[]): readonly Place[];
  /** All places of the country that have a name with this folded form, most populous first. */
  named(folded: string): readonly Place[];
  /** All federal subjects. */
  subjects(): readonly Subject[];
  close(): void;
}
