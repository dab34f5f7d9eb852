import type { JudgementRules } from '../address/verdict.ts';
import { addMeter, type DetectorConfig, emptyMeter, type Meter, planDetector } from '../compose.ts';
import type { Values } from '../config/option.ts';
import type { RUN_OPTIONS } from '../config/run-options.ts';
import { textChoice } from '../config/text-options.ts';
import { GorodError } from '../errors.ts';
import { defaultOutput } from '../formats/output-format.ts';
import type { Job } from '../pipeline/job.ts';
import { OUTPUT_COLUMNS } from '../pipeline/output-columns.ts';
import { addTally, emptyTally } from '../pipeline/tally.ts';
import { finish, judgementRules } from './finish.ts';
import { runFile } from './run-file.ts';
import { say, type Terminal } from './terminal.ts';

export type RunConfig = DetectorConfig & Values<typeof RUN_OPTIONS>;

/** Enriches each input in turn, then tells how it went. Throws GorodError. */
export async function runFiles(inputs: readonly string[], config: RunConfig, terminal: Terminal): Promise<void> {
  if (inputs.length === 0) throw new GorodError('BAD_OPTION', 'name a CSV file to enrich, or - for stdin.');
  if (inputs.length > 1 && config.output !== undefined) {
    throw new GorodError('BAD_OPTION', '--output names one file; leave it out to write each result beside its input.');
  }
  const startedAt = Date.now();
  const tally = emptyTally();
  const asked = emptyMeter();
  const rules = await judgementRules(config);
  const plan = await planDetector(config, terminal.env);
  say(`gorod: ${plan.described}\n`, config, terminal);
  const onAsked = (part: Readonly<Meter>) => addMeter(asked, part);
  for (const input of inputs) {
    addTally(tally, await runFile(toJob(input, config, rules), { config, plan, terminal, onAsked }));
  }
  await finish({ tally, asked, plan, startedAt }, config, terminal);
}

function toJob(input: string, config: RunConfig, rules: JudgementRules): Job {
  return {
    input,
    output: config.output ?? defaultOutput(input),
    columns: config.columns ?? {},
    preset: config.preset,
    delimiter: config.delimiter,
    sheet: config.sheet,
    ...textChoice(config),
    badRows: config.badRows,
    maxRowBytes: config.maxRowBytes,
    limit: config.limit,
    prefix: config.prefix,
    fields: config.fields ?? OUTPUT_COLUMNS,
    overwriteColumns: config.overwriteColumns,
    language: config.lang,
    defaults: { country: config.country, fiasOnly: config.fiasOnly },
    rules,
    maxOpenQuestions: Math.max(64, 4 * config.concurrency),
  };
}
