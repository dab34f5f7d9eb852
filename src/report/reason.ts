import { type Defect, isGazetteerShort, type Note, noteOf } from '../address/outcome.ts';
import type { Doubt, Verdict } from '../address/verdict.ts';
import type { JudgedOutcome } from '../pipeline/output-columns.ts';

/** The doubts that a row can be for review for. */
export const DOUBT_DETAILS = [
  'limit-unknown',
  'low-confidence',
  'guids-differ',
  'no-city',
  'fallback',
] as const satisfies readonly Doubt[];

/** What is known of a row's trouble beyond its status. */
export type ReasonDetail = Defect | Doubt | Note['kind'];

/** Why a row is not accepted. Rows of one kind are mended in one way. */
export interface ReasonKind {
  readonly verdict: Exclude<Verdict, 'accept'>;
  readonly status: string;
  readonly detail?: ReasonDetail;
}

/** The reason of a row; undefined for an accepted one. */
export function reasonOf({ outcome, judgement }: JudgedOutcome): ReasonKind | undefined {
  const { status, verdict } = judgement;
  if (verdict === 'accept') return undefined;
  const detail = detailOf({ outcome, judgement });
  return detail === undefined ? { verdict, status } : { verdict, status, detail };
}

/** A short text that is the same for the same reason. */
export function reasonKey({
  verdict,
  status,
  detail = '',
}: {
  verdict: string;
  status: string;
  detail?: string;
}): string {
  return `${verdict} ${status} ${detail}`;
}

function detailOf({ outcome, judgement }: JudgedOutcome): ReasonDetail | undefined {
  if (outcome.kind === 'invalid') return outcome.defect;
  if (outcome.kind === 'deferred' || judgement.status === 'COD_LIMIT_EXCEEDED') return undefined;
  if (isGazetteerShort(outcome, judgement.status)) return 'gazetteer-short';
  const { doubt } = judgement;
  // What the matcher noted tells why it is not sure; other doubts have nothing to do with it.
  return doubt === undefined || doubt === 'low-confidence' ? (noteOf(outcome)?.kind ?? doubt) : doubt;
}
