import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const CLI = resolve('dist/cli.js');

/** The real command `gorod serve`, running. */
export interface CliServer extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly origin: string;
  /** The full URL of the question. */
  readonly url: string;
  /** The line with which it began. */
  readonly startLine: string;
  /** What it has logged so far. */
  stderr(): string;
  /** Waits for its end; resolves with its exit code. */
  ended(): Promise<number | null>;
}

/** Starts `gorod serve` on a free port and waits until it listens. */
export async function gorodServe(
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<CliServer> {
  const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const [startLine] = await Promise.race([line, exit.then(([code]) => [`ended with ${code}: ${stderr}`])]);
  const [origin] = /http:\/\/\S+:\d+/.exec(String(startLine)) ?? [];
  if (origin === undefined) throw new Error(String(startLine));
  return {
    child,
    origin,
    url: `${origin}/api/v2/detect-city`,
    startLine: String(startLine),
    stderr: () => stderr,
    ended: async () => (await exit)[0],
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) child.kill('SIGKILL');
      await exit;
    },
  };
}
