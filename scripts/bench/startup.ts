import { measureNode, median } from './measure.ts';

/** Medians in milliseconds of short runs, and how many times as long as `node -e 0` they take. */
export interface StartupFigures {
  readonly nodeMs: number;
  /** Opening the built-in gazetteer and answering one question, in a process of its own. */
  readonly firstAnswer: number;
  readonly version: number;
  /** The whole command `gorod detect`. */
  readonly detect: number;
}

const QUESTION = ['--postcode', '675000', '--address', 'Lenina 21, 2 Blagoveschensk'];

/** Short runs of whole processes, in turn. */
export async function benchStartup(runs: number): Promise<StartupFigures> {
  const commands = {
    node: ['-e', '0'],
    firstAnswer: ['scripts/bench/first-answer.mjs'],
    version: ['dist/cli.js', '--version'],
    detect: ['dist/cli.js', 'detect', '--detector', 'local', ...QUESTION],
  };
  const times = new Map<string, number[]>();
  for (let run = 0; run < runs; run += 1) {
    for (const [name, args] of Object.entries(commands)) {
      times.set(name, [...(times.get(name) ?? []), (await measureNode(args)).ms]);
    }
  }
  const medianOf = (name: keyof typeof commands) => median(times.get(name) ?? []);
  const nodeMs = medianOf('node');
  return {
    nodeMs,
    firstAnswer: medianOf('firstAnswer') / nodeMs,
    version: medianOf('version') / nodeMs,
    detect: medianOf('detect') / nodeMs,
  };
}
