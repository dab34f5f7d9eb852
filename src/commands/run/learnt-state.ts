import { indexOverrides, type Override } from '../../address/override.ts';
import { type OverridesConfig, peekOverrides, soundOverrides } from '../../compose/overrides.ts';
import { GorodError } from '../../errors.ts';
import { valuesFingerprint } from '../../journal/fingerprint.ts';
import type { Job } from '../../pipeline/job.ts';
import { surveyFile } from '../../pipeline/survey.ts';
import type { Terminal } from '../terminal.ts';

/** What is learnt at a moment, in short texts that change when it does; empty where nothing is. */
export interface LearntState {
  /** Of everything. */
  readonly all: string;
  /** Of what answers rows of the file. Reads the file where anything is learnt. */
  applied(): Promise<string>;
}

/** Looks what is learnt. A dry run leaves no trace beside the cache file. Throws GorodError. */
export async function lookUpLearnt(
  config: OverridesConfig & { readonly dryRun: boolean },
  { env }: Pick<Terminal, 'env'>,
): Promise<readonly Override[]> {
  return config.dryRun ? peekOverrides(config, env) : soundOverrides(config, env);
}

/** What of it concerns one file. Who has settled something, when and why, is no reason to do a file again. */
export function learntState(job: Job, overrides: readonly Override[], terminal: Terminal): LearntState {
  let applied: Promise<string> | undefined;
  return {
    all: fingerprintOf(overrides),
    applied: () => {
      applied ??= overrides.length === 0 ? Promise.resolve('') : appliedTo(job, overrides, terminal);
      return applied;
    },
  };
}

async function appliedTo(job: Job, overrides: readonly Override[], terminal: Terminal): Promise<string> {
  const find = indexOverrides(overrides);
  const applied = new Set<Override>();
  const defaults = { ...job.defaults, isSettled: (query: Parameters<typeof find>[0]) => find(query) !== undefined };
  try {
    await surveyFile({ ...job, defaults }, terminal, (queries) => {
      for (const query of queries) {
        const override = find(query);
        if (override !== undefined) applied.add(override);
      }
    });
  } catch (error) {
    terminal.signal.throwIfAborted();
    if (!(error instanceof GorodError)) throw error;
    // What is wrong with the file is told by whoever works on it.
    return UNREADABLE;
  }
  return fingerprintOf([...applied]);
}

/** Equal to no fingerprint. */
const UNREADABLE = 'unreadable';

function fingerprintOf(overrides: readonly Override[]): string {
  if (overrides.length === 0) return '';
  return valuesFingerprint(
    overrides.map(({ question, correction }) => JSON.stringify({ question, correction })).sort(),
  );
}
