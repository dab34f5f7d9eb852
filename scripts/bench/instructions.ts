import { spawnSync } from 'node:child_process';

/** Why there is no count. */
export const NO_PERF = 'skipped: perf cannot count instructions here';

/**
 * Instructions in user mode of a whole `node` process, over `rows`; undefined where `perf stat` is missing or the
 * machine does not count them, as most virtual ones do not. Throws when the process fails.
 */
export function countInstructions(args: readonly string[], rows: number, env: NodeJS.ProcessEnv = {}) {
  if (counted(['-e', '0'], env) === undefined) return undefined;
  const all = counted(args, env);
  return all === undefined ? undefined : all / rows;
}

function counted(args: readonly string[], env: NodeJS.ProcessEnv): number | undefined {
  const perf = ['stat', '-x', ',', '-e', 'instructions:u', '--', process.execPath, ...args];
  const { status, stderr } = spawnSync('perf', perf, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  if (status === null) return undefined;
  const count = Number.parseFloat(/^(\d+),,instructions:u/m.exec(stderr)?.[1] ?? '');
  if (Number.isNaN(count)) return undefined;
  if (status !== 0) throw new Error(`node ${args.slice(0, 3).join(' ')} ended with ${status}`);
  return count;
}
