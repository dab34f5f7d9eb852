import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What one run of a child process took. */
export interface Measured {
  /** From its start to its end, in milliseconds of the wall clock. */
  readonly ms: number;
  /** Processor time of all its threads, in milliseconds; undefined where the system does not tell. */
  readonly cpuMs: number | undefined;
  /** Peak resident memory in megabytes; undefined where the system does not tell. */
  readonly peakMb: number | undefined;
}

/** How often a running process is looked at. Its last figures are at most so old when it ends. */
const LOOK_MS = 20;
/** The kernel counts processor time in hundredths of a second, wherever Node runs. */
const TICK_MS = 10;

/** Runs a program to its end. Rejects when it fails. */
export async function measure(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Measured> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } });
  let peakMb: number | undefined;
  let cpuMs: number | undefined;
  const look = setInterval(() => {
    peakMb = peakOf(child.pid) ?? peakMb;
    cpuMs = processorTimeOf(child.pid) ?? cpuMs;
  }, LOOK_MS);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (code !== 0) throw new Error(`${command} ${args.slice(0, 3).join(' ')} ended with ${code}`);
  } finally {
    clearInterval(look);
  }
  return { ms: performance.now() - started, cpuMs, peakMb };
}

/** Runs `node` with these arguments to its end. Rejects when it fails. */
export function measureNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Measured> {
  return measure(process.execPath, args, env);
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
  const kb = /VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1];
  return kb === undefined ? undefined : Number(kb) / 1024;
}

/** Fields 14 and 15 of /proc/PID/stat (proc(5)); the name before them, in brackets, may hold spaces. */
function processorTimeOf(pid: number | undefined): number | undefined {
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isNaN(ticks) ? undefined : ticks * TICK_MS;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
