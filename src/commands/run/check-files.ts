import type { JudgementRules } from '../../address/verdict.ts';
import { addMeter, type DetectorConfig, emptyMeter, type Meter, planDetector } from '../../compose/compose.ts';
import type { Values } from '../../config/option.ts';
import type { CHECK_OPTIONS } from '../../config/run-options.ts';
import { GorodError } from '../../errors.ts';
import { findInputs } from '../../inputs/find-inputs.ts';
import { type CheckJob, runCheck } from '../../pipeline/check-job.ts';
import { addTally, emptyTally } from '../../pipeline/tally.ts';
import type { FileCounts } from '../../report/next-steps.ts';
import { judgementRules } from '../judgement-rules.ts';
import { type Terminal, tell } from '../terminal.ts';
import { collectTroubles } from '../troubles.ts';
import { brokenRows } from './broken-rows.ts';
import { finish } from './finish.ts';
import { openReport } from './open-report.ts';
import { RUN_TEXTS } from './texts.ts';
import { withDetector } from './with-detector.ts';

export type CheckConfig = DetectorConfig & Values<typeof CHECK_OPTIONS>;

/** Judges every row of the inputs, tells how they would fare, and judges the whole by `--fail-on`. Throws GorodError. */
export async function checkFiles(args: readonly string[], config: CheckConfig, terminal: Terminal): Promise<void> {
  if (args.length === 0) throw new GorodError('BAD_OPTION', RUN_TEXTS.nameCheckInput);
  const startedAt = Date.now();
  const files = await findInputs(args);
  const rules = await judgementRules(config);
  const report = await openReport(
    config,
    files.map(({ path }) => path),
  );
  const plan = await planDetector(config, terminal.env);
  tell(
    { level: 'info', event: 'detector', text: plan.described[config.lang], fields: { detector: plan.kind } },
    config,
    terminal,
  );
  const tally = emptyTally();
  const asked = emptyMeter();
  const onAsked = (part: Readonly<Meter>) => addMeter(asked, part);
  const frame = { config, plan, terminal, inference: { isOff: false }, onAsked };
  const troubles = collectTroubles(files, config, terminal);
  const counts: FileCounts[] = [];
  let stopsRun = false;
  for (const { path, folder } of files) {
    const failure = await troubles.during(folder, async () => {
      const part = emptyTally();
      const collector = report?.collector(path);
      const broken = brokenRows(collector);
      const work = { startedAt: Date.now(), tally: part, journal: undefined, answersFile: undefined };
      const job = toJob(path, config, rules);
      await withDetector({ input: path, output: undefined }, frame, work, (context) =>
        runCheck(job, { ...context, collector: broken }),
      );
      counts.push({ output: undefined, tally: part });
      addTally(tally, part);
      if (collector !== undefined) report?.add(path, part, collector);
      const line = broken.line(path, config);
      if (line !== undefined) tell(line, config, terminal);
      stopsRun ||= line?.level === 'warn';
    });
    if (failure !== undefined) report?.fail(path, failure.code);
  }
  const done = { tally, asked, plan, startedAt, files: counts, verdictColumn: undefined, report, stopsRun };
  await finish(done, config, terminal);
  if (stopsRun) terminal.exit(STOPS_RUN);
  troubles.exit();
}

/** Exit code of a check of files at which a run would stop. */
const STOPS_RUN = 1;

function toJob(input: string, config: CheckConfig, rules: JudgementRules): CheckJob {
  const { preset, delimiter, sheet, encoding, badRows, maxRowBytes, limit, prefix } = config;
  return {
    ...{ input, preset, delimiter, sheet, encoding, maxRowBytes, limit, prefix, rules },
    badRows: badRows === 'stop' ? 'stop' : 'keep',
    columns: config.columns ?? {},
    language: config.lang,
    defaults: { country: config.country, fiasOnly: config.fiasOnly },
    maxOpenQuestions: Math.max(64, 4 * config.concurrency),
  };
}
