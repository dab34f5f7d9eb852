/**
 * Builds `src` into `dist`, in files that are loaded together: a run of a hundred rows needs most modules of `src`, and to
 * load them one by one takes longer than all that it does. What is imported lazily stays in files of its own, and packages
 * stay outside. The first part of `npm run build`.
 */
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: {
    cli: 'src/cli.ts',
    index: 'src/index.ts',
    // A thread begins with a file of its own.
    'helper-thread': 'src/commands/run/helper-thread.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
});
