import type { Override } from '../../address/override.ts';
import type { Plan } from '../../compose/compose.ts';
import type { AnsweredBlock } from '../../pipeline/at-hand/answer-block.ts';
import type { HelperSettings } from '../../pipeline/at-hand/helpers.ts';
import type { CollectorOptions } from '../../report/collect.ts';
import type { RunConfig } from './run-files.ts';

/** What a thread is started with; it has to be cloned. */
export interface HelperWork extends HelperSettings {
  /** Without credentials. */
  readonly plan: Plan;
  /** With the cache file named. */
  readonly config: RunConfig;
  readonly startedAt: number;
  /** What people had settled when the job began. */
  readonly overrides: readonly Override[];
  readonly collected: CollectorOptions | undefined;
}

/** A block to answer. */
export interface HelperRequest {
  readonly bytes: Uint8Array;
  readonly marks: Int32Array;
  /** Where what is remembered stands, where that has changed. */
  readonly memory: SharedArrayBuffer | undefined;
  readonly spare: Uint8Array | undefined;
}

/** The answered block, or the one that has to be asked. */
export type HelperReply = AnsweredBlock | Pick<HelperRequest, 'bytes' | 'marks'>;

/** What is handed over rather than copied: small buffers share their memory with others. */
export function memoryOf({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && byteLength > Buffer.poolSize ? [buffer] : [];
}
