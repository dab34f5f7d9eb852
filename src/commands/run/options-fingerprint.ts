import type { Plan } from '../../compose/compose.ts';
import { fileFingerprint, valuesFingerprint } from '../../journal/fingerprint.ts';
import { gorodVersion } from '../../version.ts';
import type { RunConfig } from './run-files.ts';

/**
 * Of the options that decide what an output says, as far as one attempt may go on with another. One that collects
 * nothing for a report is no beginning of one that does.
 */
export async function optionsFingerprint(config: RunConfig): Promise<string> {
  const reports = config.report !== undefined;
  // What is split is made of the whole output.
  const { split, ...rest } = deciding(config);
  return valuesFingerprint({ ...rest, ...(await ownLimits(config)), reports, version: gorodVersion() });
}

/**
 * Of the options that decide what an output says, as far as a file that is done has to be done again. A newer gorod or
 * gazetteer, and where answers are cached, are no reason.
 */
export async function doneFingerprint(config: RunConfig, plan: Plan): Promise<string> {
  const { detector, cache, noCache, ttl, negativeTtl, refresh, infer, audit, auditMin, output, ...rest } =
    deciding(config);
  return valuesFingerprint({ ...rest, ...(await ownLimits(config)), kind: plan.kind });
}

/** Without those that only say how fast, where to, and what is told. */
function deciding(config: RunConfig) {
  const {
    rate,
    concurrency,
    threads,
    timeout,
    retries,
    maxWait,
    summary,
    report,
    failOn,
    progress,
    logFormat,
    quiet,
    restart,
    grace,
    dryRun,
    outputDir,
    developerKeyFile,
    clientIdFile,
    clientSecretFile,
    ca,
    allowHttp,
    ...rest
  } = config;
  return rest;
}

async function ownLimits({ codLimits }: RunConfig): Promise<{ readonly codLimits: string }> {
  return { codLimits: codLimits === undefined ? '' : await fileFingerprint(codLimits) };
}
