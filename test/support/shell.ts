import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import type { CliResult } from './cli.ts';

const GOROD = 'gorod() { "$NODE" "$CLI" "$@"; }';

/** Runs a command line of gorod as a person does who copies it into a shell, without any key in the environment. */
export function inShell(line: string, { cwd }: { readonly cwd: string }): Promise<CliResult> {
  const env = { PATH: process.env.PATH ?? '', NO_COLOR: '1', NODE: process.execPath, CLI: resolve('dist/cli.js') };
  return new Promise((settle) => {
    execFile('/bin/sh', ['-c', `${GOROD}\n${line}`], { cwd, env }, (error, stdout, stderr) => {
      settle({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
