import { createHash } from 'node:crypto';
import type { Detection } from '../../address/detection.ts';
import { questionKey } from '../../address/key.ts';
import type { AddressQuery } from '../../address/query.ts';
import { guidOf, isSamePlace } from './facts.ts';

/** How many inferred rows were asked all the same, and for how many the API said something else. */
export interface AuditCounts {
  readonly audited: number;
  readonly differing: number;
}

/** The share of inferred rows that are asked all the same, and the agreement below which nothing is inferred. */
export interface AuditRule {
  /** 0 to 1. */
  readonly share: number;
  /** 0 to 1. */
  readonly least: number;
}

/**
 * Whether agreement has fallen below the least one. There is no number of audits that has to be waited for: a wrong city
 * costs a parcel, asking costs a second.
 */
export function hasFallen({ audited, differing }: AuditCounts, { least }: AuditRule): boolean {
  return audited > 0 && (audited - differing) / audited < least;
}

/** Who is asked makes no difference to the sample. */
const ANYONE = { detectorId: '', origin: '' };

/**
 * Whether a question is of the sample: the same for every row, and every attempt, of a job; another sample for each job,
 * so that a question which is inferred night after night has its turn some day.
 */
export function isSampled(query: AddressQuery, jobStart: number, { share }: AuditRule): boolean {
  if (share <= 0) return false;
  const hash = createHash('sha1')
    .update(`${jobStart} ${questionKey(ANYONE, query)}`)
    .digest()
    .readUInt32BE(0);
  return hash < share * 2 ** 32;
}

/** Whether the API says what was inferred: status, city code and FIAS GUID. */
export function agree(inferred: Detection, asked: Detection): boolean {
  return inferred.status_code === asked.status_code && isSamePlace(inferred, asked) && guidOf(asked) !== undefined;
}
