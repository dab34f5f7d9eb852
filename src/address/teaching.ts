/** Stands for whoever settled something without a name. */
export const NOBODY = 'unknown';

/** Who settled something, when and why. */
export interface Teaching {
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Perhaps empty. */
  readonly why: string;
}
