import type { Outcome } from '../../address/outcome.ts';
import type { AddressQuery } from '../../address/query.ts';
import { NOBODY } from '../../address/teaching.ts';
import type { KnownCity } from '../../cache/known-city.ts';
import { cacheFile } from '../../cache/location.ts';
import { type OverrideFile, openOverrides } from '../../cache/override-file.ts';
import { describeColumns } from '../../columns/describe.ts';
import { compose, planDetector } from '../../compose/compose.ts';
import type { ALL_LEARN_OPTIONS } from '../../config/learn-options.ts';
import type { Values } from '../../config/option.ts';
import { cdekCity, fiasCity } from '../../detector/local/answer.ts';
import { GorodError } from '../../errors.ts';
import { builtinGazetteerFile } from '../../gazetteer/builtin-file.ts';
import { openCityCodes } from '../../gazetteer/city-codes.ts';
import type { Texts } from '../../languages.ts';
import type { ReviewFile } from '../../learn/read-fixes.ts';
import { type Learnt, settle } from '../../learn/settle.ts';
import { noCodLimits } from '../../pipeline/cod-limits.ts';
import { outputOfPart } from '../../pipeline/split-paths.ts';
import { ACCEPT_CONFIDENCE } from '../../toponym/thresholds.ts';
import { RUN_TEXTS } from '../run/texts.ts';
import { printable, type Terminal, tell } from '../terminal.ts';
import { changedLines } from './changed-lines.ts';
import {
  FILL_IN,
  RUN_AGAIN,
  type Told,
  taughtElsewhere,
  toldLine,
  totals,
  totalsOfReview,
  writtenOver,
} from './learn-lines.ts';
import { type ReviewReading, readReview } from './read-review.ts';
import { runAgain } from './run-again.ts';

export type LearnConfig = Values<typeof ALL_LEARN_OPTIONS>;

/** Exit code of a command that had to refuse something. */
const SOME_REFUSED = 1;

/** Takes what is right of one filled review file, and says line by line what was made of it. Throws GorodError. */
export async function learnFile(file: string, config: LearnConfig, terminal: Terminal): Promise<void> {
  const path = overridesPath(config, terminal);
  const defaults = { country: config.country, fiasOnly: config.fiasOnly };
  const reading = { ...config, columns: config.columns ?? {}, defaults };
  const review = await readReview(file, reading, terminal);
  const text = RUN_TEXTS.columns(file, describeColumns(review.found, review.headers))[config.lang];
  tell({ level: 'info', event: 'columns', text, fields: { input: file } }, config, terminal);
  for (const warning of review.found.warnings) {
    terminal.log({
      level: 'warn',
      event: 'columns',
      text: RUN_TEXTS.about(file, warning)[config.lang],
      fields: { input: file },
    });
  }
  const overrides = openOverrides(path);
  try {
    const changed = new Set(await linesWrittenOver(file, review, reading, terminal));
    const learnt = await check(review, overrides, config, terminal);
    const told = { by: teacher(config, terminal), at: Date.now(), why: config.why ?? '' };
    overrides.teach(learnt.flatMap((row) => (row.kind === 'taken' ? [{ ...row, ...told }] : [])));
    report(learnt, { unfilled: review.unfilled, changed, next: runAgain(file, config) }, config, terminal);
  } finally {
    overrides.close();
  }
}

/** The cache file, where what is learnt is kept. Throws GorodError BAD_OPTION for `--no-cache`. */
export function overridesPath({ cache, noCache }: Pick<LearnConfig, 'cache' | 'noCache'>, { env }: Terminal): string {
  if (noCache) {
    throw new GorodError('BAD_OPTION', '--no-cache: what is learnt is kept in the cache file; name one with --cache.');
  }
  return cache ?? cacheFile(env);
}

/** The name under which something is learnt. */
export function teacher({ by }: Pick<LearnConfig, 'by'>, { env }: Terminal): string {
  return by ?? [env.USER, env.LOGNAME, env.USERNAME].find((name) => name !== undefined && name !== '') ?? NOBODY;
}

/** What is to be said of a review file beside what was made of its filled rows. */
interface Around {
  readonly unfilled: number;
  /** Lines whose postcode or address a person has written over. */
  readonly changed: ReadonlySet<number>;
  /** What to do once something was taken. */
  readonly next: Texts;
}

/** Says line by line what was taken and what was not; the exit code says whether all was. */
export function report(
  learnt: readonly Told[],
  around: Around | undefined,
  config: Pick<LearnConfig, 'lang' | 'quiet'>,
  terminal: Terminal,
): void {
  const { lang } = config;
  const say = (text: Texts) => terminal.stdout.write(printable(`${text[lang]}\n`));
  const filled = new Map(learnt.map((told) => [told.line, told]));
  const left = [...(around?.changed ?? [])].filter((line) => !filled.has(line));
  for (const line of [...filled.keys(), ...left].sort((one, other) => one - other)) {
    const told = filled.get(line);
    say(told === undefined ? writtenOver(line) : toldLine(told));
    if (told?.kind === 'taken' && around?.changed.has(line) === true) say(taughtElsewhere(line));
  }
  const taken = learnt.filter(({ kind }) => kind === 'taken').length;
  const refused = learnt.length - taken;
  say(around === undefined ? totals(taken, refused) : totalsOfReview(taken, refused, around.unfilled));
  if (learnt.length === 0 && around !== undefined && around.unfilled > 0) say(FILL_IN);
  const next = (around?.next ?? RUN_AGAIN)[lang];
  if (taken > 0) tell({ level: 'info', event: 'next', text: next, fields: { taken } }, config, terminal);
  if (refused + left.length > 0) terminal.exit(SOME_REFUSED);
}

/** The lines that a person has written over, as far as the output beside the part can tell. */
async function linesWrittenOver(file: string, review: ReviewFile, reading: ReviewReading, terminal: Terminal) {
  const output = outputOfPart(file);
  return output === undefined ? [] : changedLines(file, review, output, reading, terminal);
}

async function check(
  { filled }: ReviewFile,
  overrides: OverrideFile,
  config: LearnConfig,
  terminal: Terminal,
): Promise<readonly Learnt[]> {
  const codes = openCityCodes(config.gazetteer ?? builtinGazetteerFile());
  const detector = await openAsked(
    filled.some(({ fix }) => fix.kind === 'question'),
    config,
    terminal,
  );
  try {
    return await settle(filled, {
      cityOf: (code) => overrides.cityOf(code) ?? listed(code, codes.find(code)),
      ask: detector.ask,
      rules: { limitOf: noCodLimits, acceptConfidence: ACCEPT_CONFIDENCE },
    });
  } finally {
    codes.close();
    await detector.close();
  }
}

function listed(code: string, place: Parameters<typeof fiasCity>[0] | undefined): KnownCity | undefined {
  return place && { city: cdekCity(place, code), place: fiasCity(place) };
}

/** The detector in use, without what was learnt before; opened only where there is something to ask. */
async function openAsked(isNeeded: boolean, config: LearnConfig, terminal: Terminal) {
  const plan = await planDetector(config, terminal.env);
  if (!isNeeded) return { ask: notAsked, close: async () => {} };
  tell({ level: 'info', event: 'detector', text: plan.described[config.lang] }, config, terminal);
  const frame = { startedAt: Date.now(), stop: terminal.signal, answersFile: undefined, withoutOverrides: true };
  const { detector, warnings, close } = await compose(plan, config, terminal.env, frame);
  for (const warning of warnings) terminal.log({ level: 'warn', event: 'cache_set_aside', text: warning[config.lang] });
  const ask = async (query: AddressQuery): Promise<Outcome> =>
    detector.recall([query])[0] ?? (await detector.ask(query, { signal: terminal.signal }));
  return { ask, close: () => close(0) };
}

async function notAsked(): Promise<Outcome> {
  throw new Error('nothing was to be asked');
}
