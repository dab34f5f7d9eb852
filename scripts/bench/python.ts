import { spawnSync } from 'node:child_process';

/** Debian's own first: it has Debian's python3-requests. */
const PYTHONS = ['/usr/bin/python3', 'python3'];

/** A Python that has these modules; undefined where there is none. */
export function findPython(...modules: readonly string[]): string | undefined {
  const program = modules.map((name) => `import ${name}`).join('\n');
  return PYTHONS.find((python) => spawnSync(python, ['-c', program], { stdio: 'ignore' }).status === 0);
}

/** What to do where the peers in Python are missing. */
export const NO_PYTHON = 'skipped: no python3 with requests here; sh scripts/bench/set-up.sh installs it';
