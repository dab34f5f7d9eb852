import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export interface TortureRun {
  readonly output: string;
  readonly concurrency: number;
  /** Undefined: `--no-cache`. */
  readonly cache: string | undefined;
  readonly args?: readonly string[];
  /** SIGKILL after so many milliseconds. */
  readonly killAfterMs?: number;
}

const CLI = resolve('dist/cli.js');

/** Runs `gorod run orders.csv` in a folder against an upstream; the exit code, or null when it was killed. */
export async function runGorod(folder: string, url: string, run: TortureRun): Promise<number | null> {
  const cache = run.cache === undefined ? ['--no-cache'] : ['--cache', run.cache];
  const fixed = ['run', 'orders.csv', '-o', run.output, '--detector', 'api', '--endpoint', url, '--rate', '100000'];
  const args = [CLI, ...fixed, '--concurrency', String(run.concurrency), ...cache, '--quiet', ...(run.args ?? [])];
  const env = { PATH: process.env.PATH ?? '', CDEK_DEVELOPER_KEY: 'torture' };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const kill = run.killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), run.killAfterMs);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(kill);
  return code;
}
