import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const CLI = resolve('dist/cli.js');

/** Runs `gorod` in a folder to its end and gives its exit code. */
export async function gorodIn(folder: string, args: readonly string[]): Promise<number | null> {
  const env = { PATH: process.env.PATH ?? '', CDEK_DEVELOPER_KEY: 'torture' };
  const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
