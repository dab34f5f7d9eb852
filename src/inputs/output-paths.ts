import { basename, join, resolve } from 'node:path';
import { GorodError } from '../errors.ts';
import { defaultOutput } from '../formats/output-format.ts';
import type { FoundInput } from './find-inputs.ts';
import { INPUT_TEXTS } from './texts.ts';

/** An input with where its result goes. */
export interface PlannedFile extends FoundInput {
  readonly output: string;
}

export interface OutputChoice {
  /** `--output`: the one result's path, or `-`. */
  readonly output: string | undefined;
  /** `--output-dir`. */
  readonly outputDir: string | undefined;
}

/**
 * Where the results go: as named, else under each input's default name, beside it or in the given folder. Throws
 * GorodError BAD_OPTION where two results would be one file, or a result an input.
 */
export function planOutputs(
  inputs: readonly FoundInput[],
  { output, outputDir }: OutputChoice,
): readonly PlannedFile[] {
  if (output !== undefined && outputDir !== undefined) {
    throw new GorodError('BAD_OPTION', INPUT_TEXTS.twoPlaces);
  }
  if (output !== undefined && (inputs.length > 1 || inputs[0]?.folder !== undefined)) {
    throw new GorodError('BAD_OPTION', INPUT_TEXTS.onePlace);
  }
  const planned = inputs.map((input) => ({ ...input, output: output ?? outputOf(input.path, outputDir) }));
  refuseClashes(planned);
  return planned;
}

function outputOf(input: string, outputDir: string | undefined): string {
  if (outputDir === undefined) return defaultOutput(input);
  return join(outputDir, input === '-' ? 'stdin.gorod.csv' : basename(defaultOutput(input)));
}

function refuseClashes(planned: readonly PlannedFile[]): void {
  const inputs = new Map(planned.filter(({ path }) => path !== '-').map(({ path }) => [resolve(path), path]));
  const outputs = new Map<string, string>();
  for (const { path, output } of planned) {
    if (output === '-') continue;
    const target = resolve(output);
    const other = outputs.get(target);
    if (other !== undefined) {
      throw new GorodError('BAD_OPTION', INPUT_TEXTS.sameOutput(other, path, output));
    }
    outputs.set(target, path);
    const input = inputs.get(target);
    if (input !== undefined && planned.length > 1) {
      throw new GorodError('BAD_OPTION', INPUT_TEXTS.overInput(path, input));
    }
  }
}
