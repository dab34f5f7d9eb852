import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap grow by half of what lives in it before it is swept, where V8 would let it grow to about four times that:
 * a run makes much that dies soon, and what it keeps is small. Sweeping more often costs a few hundredths of its time.
 */
export function keepHeapModest(): void {
  setFlagsFromString('--heap-growing-percent=50');
}

/**
 * Lets the heap grow to three times what lives in it. Requests make ten times as much as rows whose answers are known, and
 * much of it lives until the answer comes: sweeping as often as `keepHeapModest` has it is a fifth of their time.
 */
export function letHeapGrow(): void {
  setFlagsFromString('--heap-growing-percent=200');
}
