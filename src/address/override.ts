import type { Detection } from './detection.ts';
import { canonicalAddress } from './key.ts';
import type { Settlement } from './outcome.ts';
import type { AddressQuery } from './query.ts';
import { NOBODY, type Teaching } from './teaching.ts';

/** What a person has settled about a question: its answer, or what is to be asked in its place. */
export type Correction =
  | {
      readonly kind: 'answer';
      /** An OK with the city as it was known when it was settled. */
      readonly detection: Detection;
    }
  | {
      readonly kind: 'question';
      /** Six digits; absent where the question's own stands. */
      readonly postcode?: string;
      /** In any spelling; absent where the question's own stands. */
      readonly address?: string;
    };

/** A question as overrides are found by: exactly, in whatever spelling makes the same canonical address. */
export interface SettledQuestion {
  readonly countryCode: string;
  readonly fiasOnly: boolean;
  /** As asked; where the cell has no six digits, the cell as it stands. */
  readonly postcode: string;
  /** Canonical. */
  readonly address: string;
}

/** A question with what a person has settled about it. */
export interface Override extends Partial<Teaching> {
  readonly question: SettledQuestion;
  readonly correction: Correction;
}

/** Finds what is settled about a question; undefined where nothing is. */
export type FindOverride = (query: AddressQuery) => Override | undefined;

/** The question under which a query is settled. */
export function settledQuestion({ countryCode, fiasOnly, postcode, address }: AddressQuery): SettledQuestion {
  return { countryCode, fiasOnly, postcode, address: canonicalAddress(address) };
}

/** Makes overrides searchable. Most rows have a postcode that nobody has settled anything about: these cost next to nothing. */
export function indexOverrides(overrides: readonly Override[]): FindOverride {
  if (overrides.length === 0) return () => undefined;
  const byPostcode = new Map<string, Map<string, Override>>();
  for (const override of overrides) {
    const key = bucket(override.question);
    const known = byPostcode.get(key) ?? new Map<string, Override>();
    byPostcode.set(key, known.set(override.question.address, override));
  }
  return (query) => byPostcode.get(bucket(query))?.get(canonicalAddress(query.address));
}

/** The question to ask in place of a query. */
export function correctedQuery(
  query: AddressQuery,
  correction: Correction & { readonly kind: 'question' },
): AddressQuery {
  const { postcode = query.postcode, address = query.address } = correction;
  return { ...query, postcode, address };
}

/** What is asked of a question: itself, what stands in its place, or nothing where its answer is settled. */
export function questionsToAsk(query: AddressQuery, override: Override | undefined): readonly AddressQuery[] {
  if (override === undefined) return [query];
  return override.correction.kind === 'answer' ? [] : [correctedQuery(query, override.correction)];
}

/** What is told of an override in an answer that comes by it. */
export function settlementOf({ correction, by, at, why }: Override): Settlement {
  const { postcode, address } = correction.kind === 'question' ? correction : {};
  return {
    ...(by === undefined || by === NOBODY ? {} : { by }),
    ...(at === undefined ? {} : { at }),
    ...(why === undefined || why === '' ? {} : { why }),
    ...(postcode === undefined ? {} : { postcode }),
    ...(address === undefined ? {} : { address }),
  };
}

/** What a postcode cell without six digits is known by: its text without what cannot be seen. */
export function statedPostcode(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

function bucket({
  countryCode,
  fiasOnly,
  postcode,
}: Pick<SettledQuestion, 'countryCode' | 'fiasOnly' | 'postcode'>): string {
  return `${countryCode}|${fiasOnly}|${postcode}`;
}
