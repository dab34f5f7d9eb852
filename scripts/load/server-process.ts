import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A server in a process of its own. */
export interface ServerProcess {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly child: ChildProcess;
  /** Ends it with SIGTERM; resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `node` with these arguments and waits for the line of stdout that tells its origin. stderr goes to a file. */
export async function startServer(
  args: readonly string[],
  stderrFile: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', openSync(stderrFile, 'a')],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
  });
  if (child.stdout === null) throw new Error('no stdout');
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [unknown];
  const [origin] = /http:\/\/\S+:\d+/.exec(String(line)) ?? [];
  if (origin === undefined) throw new Error(`node ${args[0]} did not start; see ${stderrFile}`);
  return {
    origin,
    child,
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}

/** Starts the built `gorod serve` on a free port. */
export function startGorod(args: readonly string[], stderrFile: string, env: Readonly<Record<string, string>> = {}) {
  return startServer(['dist/cli.js', 'serve', '--port', '0', ...args], stderrFile, env);
}
