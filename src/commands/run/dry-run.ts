import { createHash } from 'node:crypto';
import { indexOverrides, questionsToAsk } from '../../address/override.ts';
import type { AddressQuery } from '../../address/query.ts';
import { explainColumns } from '../../columns/describe.ts';
import type { Plan } from '../../compose/compose.ts';
import { type Forecast, openForecast } from '../../compose/forecast.ts';
import { FIRST_RATE } from '../../compose/upstream.ts';
import { inEach, type Language, type Texts } from '../../languages.ts';
import { type Survey, surveyFile } from '../../pipeline/survey.ts';
import { LABEL_WIDTH, padded, widthOf } from '../../report/label.ts';
import { printable, type Terminal } from '../terminal.ts';
import { collectTroubles } from '../troubles.ts';
import { lookUpLearnt } from './learnt-state.ts';
import type { NewFile } from './new-files.ts';
import type { RunConfig } from './run-files.ts';
import { DRY_RUN_LABELS, DRY_RUN_TEXTS } from './texts.ts';

interface DryRunFrame {
  readonly config: RunConfig;
  readonly plan: Plan;
  readonly terminal: Terminal;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** Tells on stdout what a run would take and ask, file by file. Asks nothing and writes nothing. Throws GorodError. */
export async function dryRun(
  files: readonly NewFile[],
  { config, plan, terminal, startedAt }: DryRunFrame,
): Promise<void> {
  const print = (line: string) => terminal.stdout.write(printable(`${line}\n`));
  const settled = indexOverrides(await lookUpLearnt(config, terminal));
  const forecast = await openForecast(plan, config, terminal.env, startedAt);
  const questions = distinctQuestions(forecast);
  const isSettled = (query: AddressQuery) => settled(query) !== undefined;
  const troubles = collectTroubles(files, config, terminal);
  let surveyed = 0;
  try {
    for (const { job, folder } of files) {
      await troubles.during(folder, async () => {
        const before = { ...questions.counts };
        const told = { ...job, defaults: { ...job.defaults, isSettled } };
        const survey = await surveyFile(told, terminal, (queries) =>
          questions.add(queries.flatMap((query) => questionsToAsk(query, settled(query)))),
        );
        const { distinct, known } = questions.counts;
        const counts = { distinct: distinct - before.distinct, known: known - before.known };
        surveyed += 1;
        print(`${job.input} → ${job.output}`);
        for (const line of labelled(describe(survey, counts, forecast), config.lang)) print(`  ${line}`);
      });
    }
  } finally {
    forecast.close();
  }
  const { distinct, known } = questions.counts;
  const requests = requestsLine(distinct - known, config, plan);
  print(DRY_RUN_TEXTS.total(surveyed, requests)[config.lang]);
  troubles.exit();
}

interface QuestionCounts {
  distinct: number;
  /** Of these, answered without a request. */
  known: number;
}

/** Counts questions, equal ones of all files once: later files find the answers of earlier ones in the cache. */
function distinctQuestions(forecast: Forecast) {
  const seen = new Set<string>();
  const counts: QuestionCounts = { distinct: 0, known: 0 };
  return {
    counts,
    add: (queries: readonly AddressQuery[]) => {
      const fresh = queries.filter((query) => {
        // A hash takes a tenth of the memory of an address.
        const hash = createHash('sha1').update(forecast.keyOf(query)).digest('base64');
        if (seen.has(hash)) return false;
        seen.add(hash);
        return true;
      });
      counts.distinct += fresh.length;
      counts.known += forecast.areKnown(fresh).filter(Boolean).length;
    },
  };
}

/** A line about a file: what it is about, and what is said. */
type Line = readonly [label: Texts, text: Texts];

function describe(survey: Survey, { distinct, known }: QuestionCounts, { asks }: Forecast): readonly Line[] {
  const { headers, found, table, rows, invalid, postcodesTaken, postcodesDiffering, unpaid } = survey;
  const { encoding, dialect } = table;
  const delimiter = JSON.stringify(dialect.delimiter);
  const { length: columns } = headers;
  const refused = [...invalid].map(([status, count]) => `${status} ${count}`).join(', ');
  const counted = (count: number, text: (rows: number) => Texts): Line[] =>
    count > 0 ? [[DRY_RUN_LABELS.none, text(count)]] : [];
  return [
    [
      DRY_RUN_LABELS.format,
      encoding === undefined ? DRY_RUN_TEXTS.spreadsheet(columns) : DRY_RUN_TEXTS.csv(encoding, delimiter, columns),
    ],
    ...explainColumns(found, headers).map(({ role, columns: chosen }): Line => [role, chosen]),
    [DRY_RUN_LABELS.rows, refused === '' ? inEach(() => `${rows}`) : DRY_RUN_TEXTS.invalid(rows, refused)],
    ...counted(postcodesTaken, DRY_RUN_TEXTS.postcodesTaken),
    ...counted(postcodesDiffering, DRY_RUN_TEXTS.postcodesDiffering),
    ...counted(unpaid, DRY_RUN_TEXTS.unpaid),
    [DRY_RUN_LABELS[asks], DRY_RUN_TEXTS.asked(distinct, known)],
    ...[...table.remarks, ...found.warnings].map((note): Line => [DRY_RUN_LABELS.note, note]),
  ];
}

/** The lines in a language, with what is said one below the other. */
function labelled(lines: readonly Line[], language: Language): readonly string[] {
  const width = Math.max(LABEL_WIDTH, ...lines.map(([label]) => widthOf(label[language])));
  return lines.map(([label, text]) => `${padded(label[language], width)} ${text[language]}`);
}

function requestsLine(requests: number, { rate }: RunConfig, plan: Plan): Texts {
  if (plan.kind === 'local') return DRY_RUN_TEXTS.noRequests;
  const perSecond = rate === 'auto' ? FIRST_RATE : rate;
  const say = rate === 'auto' ? DRY_RUN_TEXTS.requestsAuto : DRY_RUN_TEXTS.requests;
  return say(requests, duration(requests / perSecond), perSecond);
}

function duration(seconds: number): Texts {
  if (seconds < 90) return DRY_RUN_TEXTS.seconds(Math.ceil(seconds));
  if (seconds < 5400) return DRY_RUN_TEXTS.minutes(Math.ceil(seconds / 60));
  return DRY_RUN_TEXTS.hours((seconds / 3600).toFixed(1));
}
