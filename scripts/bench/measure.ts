import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What one run of a child process took. */
export interface Measured {
  readonly ms: number;
  /** Peak resident memory in megabytes; undefined where the system does not tell. */
  readonly peakMb: number | undefined;
}

/** Runs `node` with these arguments to its end. Rejects when it fails. */
export async function measureNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Measured> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
  let peakMb: number | undefined;
  const poll = setInterval(() => {
    peakMb = peakOf(child.pid) ?? peakMb;
  }, 20);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  clearInterval(poll);
  if (code !== 0) throw new Error(`node ${args[0]} ended with ${code}`);
  return { ms: performance.now() - started, peakMb };
}

/** The median of an odd or even number of figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/**
 * Peak resident memory of a running process in megabytes; undefined where the system does not tell. The kernel keeps
 * the high-water mark itself: the last reading before the end is the peak.
 */
export function peakOf(pid: number | undefined): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kb = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
    return kb === undefined ? undefined : Number(kb) / 1024;
  } catch {
    return undefined;
  }
}
