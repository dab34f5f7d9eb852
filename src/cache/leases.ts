/** Who asks a question at this time, so that runs that share a cache ask it once. */
export interface Leases {
  /** Takes the lease of a question unless another run holds it; says whether it is ours now. */
  claim(key: string): boolean;
  /** Gives it back. */
  release(key: string): void;
}

/** For a cache that nobody shares. */
export const noLeases: Leases = { claim: () => true, release: () => {} };
