import { canonicalAddress } from '../address/key.ts';
import type { FindOverride } from '../address/override.ts';
import type { FilledRow } from './read-fixes.ts';

/** Whether what a person wrote into a row is what is settled about its question. */
export function isLearnt({ query, fix }: FilledRow, settled: FindOverride): boolean {
  if (query === undefined || fix.kind === 'refused') return false;
  const correction = settled(query)?.correction;
  if (correction === undefined) return false;
  if (fix.kind === 'city') {
    return correction.kind === 'answer' && correction.detection.detected_cdek_city?.cityCode === fix.code;
  }
  return (
    correction.kind === 'question' &&
    correction.postcode === fix.postcode &&
    canonicalAddress(correction.address ?? '') === canonicalAddress(fix.address ?? '')
  );
}
