import type { QueryDefaults } from '../../address/cells.ts';
import type { Outcome } from '../../address/outcome.ts';
import type { AddressQuery } from '../../address/query.ts';
import type { KnownCity } from '../../cache/known-city.ts';
import { cacheFile } from '../../cache/location.ts';
import { type OverrideFile, openOverrides } from '../../cache/override-file.ts';
import { describeColumns } from '../../columns/describe.ts';
import { compose, planDetector } from '../../compose/compose.ts';
import type { ALL_LEARN_OPTIONS } from '../../config/learn-options.ts';
import type { Values } from '../../config/option.ts';
import { cdekCity, fiasCity } from '../../detector/local/answer.ts';
import { GorodError } from '../../errors.ts';
import { withTable } from '../../formats/open-table.ts';
import { builtinGazetteerFile } from '../../gazetteer/builtin-file.ts';
import { openCityCodes } from '../../gazetteer/city-codes.ts';
import type { Refused } from '../../learn/parse-fix.ts';
import { type ReviewFile, readFixes } from '../../learn/read-fixes.ts';
import { type Learnt, settle } from '../../learn/settle.ts';
import { noCodLimits } from '../../pipeline/cod-limits.ts';
import { knownHeaders } from '../../pipeline/known-headers.ts';
import { ACCEPT_CONFIDENCE } from '../../toponym/thresholds.ts';
import { printable, type Terminal, tell } from '../terminal.ts';

export type LearnConfig = Values<typeof ALL_LEARN_OPTIONS>;

/** Exit code of a command that had to refuse something. */
const SOME_REFUSED = 1;

/** Takes what is right of one filled review file, and says line by line what was made of it. Throws GorodError. */
export async function learnFile(file: string, config: LearnConfig, terminal: Terminal): Promise<void> {
  const path = overridesPath(config, terminal);
  const defaults = { country: config.country, fiasOnly: config.fiasOnly };
  const review = await readReview(file, config, defaults, terminal);
  const text = `${file}; columns: ${describeColumns(review.found, review.headers)}`;
  tell({ level: 'info', event: 'columns', text, fields: { input: file } }, config, terminal);
  for (const warning of review.found.warnings) {
    terminal.log({ level: 'warn', event: 'columns', text: `${file}: ${warning}`, fields: { input: file } });
  }
  const overrides = openOverrides(path);
  try {
    const learnt = await check(review, overrides, config, terminal);
    const told = { by: teacher(config, terminal), at: Date.now(), why: config.why ?? '' };
    overrides.teach(learnt.flatMap((row) => (row.kind === 'taken' ? [{ ...row, ...told }] : [])));
    report(learnt, review.unfilled, terminal);
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
  return by ?? [env.USER, env.LOGNAME, env.USERNAME].find((name) => name !== undefined && name !== '') ?? 'unknown';
}

/** What is said of a line. */
type Told = { readonly line: number } & ({ readonly kind: 'taken'; readonly what: string } | Refused);

/** Says line by line what was taken and what was not; the exit code says whether all was. */
export function report(learnt: readonly Told[], unfilled: number | undefined, terminal: Terminal): void {
  for (const row of learnt) {
    const told = row.kind === 'taken' ? `taken: ${row.what}` : `refused: ${row.why}`;
    terminal.stdout.write(printable(`line ${row.line}: ${told}\n`));
  }
  const taken = learnt.filter(({ kind }) => kind === 'taken').length;
  const left = unfilled === undefined ? '' : `, without a fix ${unfilled}`;
  terminal.stdout.write(`taken ${taken}, refused ${learnt.length - taken}${left}\n`);
  if (taken < learnt.length) terminal.exit(SOME_REFUSED);
}

async function readReview(
  file: string,
  config: LearnConfig,
  defaults: QueryDefaults,
  { stdin, signal }: Terminal,
): Promise<ReviewFile> {
  const { delimiter, sheet, encoding, maxRowBytes, prefix, preset } = config;
  const reading = { delimiter, sheet, encoding, maxRowBytes, stdin, signal, headerWords: knownHeaders };
  let review: ReviewFile | undefined;
  await withTable(file, { ...reading, badRows: 'keep', longRows: 'stop' }, async (table) => {
    review = await readFixes(table, { columns: config.columns ?? {}, preset, prefix, defaults });
    await table.assertUnchanged();
  });
  if (review === undefined) throw new Error(`${file} was not read`);
  return review;
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
      language: config.lang,
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
  tell({ level: 'info', event: 'detector', text: plan.described }, config, terminal);
  const frame = { startedAt: Date.now(), stop: terminal.signal, answersFile: undefined, withoutOverrides: true };
  const { detector, warnings, close } = await compose(plan, config, terminal.env, frame);
  for (const warning of warnings) terminal.log({ level: 'warn', event: 'cache_set_aside', text: warning });
  const ask = async (query: AddressQuery): Promise<Outcome> =>
    detector.recall([query])[0] ?? (await detector.ask(query, { signal: terminal.signal }));
  return { ask, close: () => close(0) };
}

async function notAsked(): Promise<Outcome> {
  throw new Error('nothing was to be asked');
}
