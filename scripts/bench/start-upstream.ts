import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The scripted API, running. */
export interface RunningUpstream {
  /** The URL of detect-city. */
  readonly url: string;
  stop(): void;
}

/** Starts the scripted API, which answers after so many milliseconds. */
export async function startUpstream(delayMs: number): Promise<RunningUpstream> {
  const args = ['--import', 'tsx', 'scripts/bench/upstream.ts', String(delayMs)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (child.exitCode !== null) throw new Error(`the scripted API ended with ${child.exitCode}`);
  return { url: `http://127.0.0.1:${String(port).trim()}/api/v2/detect-city`, stop: () => void child.kill() };
}
