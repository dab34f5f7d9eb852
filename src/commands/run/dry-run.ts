import { createHash } from 'node:crypto';
import type { AddressQuery } from '../../address/query.ts';
import { explainColumns } from '../../columns/describe.ts';
import type { Plan } from '../../compose/compose.ts';
import { type Forecast, openForecast } from '../../compose/forecast.ts';
import { FIRST_RATE } from '../../compose/upstream.ts';
import { type Survey, surveyFile } from '../../pipeline/survey.ts';
import { printable, type Terminal } from '../terminal.ts';
import { collectTroubles } from '../troubles.ts';
import type { FileToDo, RunConfig } from './run-files.ts';

interface DryRunFrame {
  readonly config: RunConfig;
  readonly plan: Plan;
  readonly terminal: Terminal;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** Tells on stdout what a run would take and ask, file by file. Asks nothing and writes nothing. Throws GorodError. */
export async function dryRun(
  files: readonly FileToDo[],
  { config, plan, terminal, startedAt }: DryRunFrame,
): Promise<void> {
  const print = (line: string) => terminal.stdout.write(printable(`${line}\n`));
  const forecast = await openForecast(plan, config, terminal.env, startedAt);
  const questions = distinctQuestions(forecast);
  const troubles = collectTroubles(files, terminal);
  let surveyed = 0;
  try {
    for (const { job, folder } of files) {
      await troubles.during(folder, async () => {
        const before = { ...questions.counts };
        const survey = await surveyFile(job, terminal, questions.add);
        const { distinct, known } = questions.counts;
        const counts = { distinct: distinct - before.distinct, known: known - before.known };
        surveyed += 1;
        print(`${job.input} → ${job.output}`);
        for (const line of describe(survey, counts, forecast)) print(`  ${line}`);
      });
    }
  } finally {
    forecast.close();
  }
  const { distinct, known } = questions.counts;
  const requests = requestsLine(distinct - known, config, plan);
  print(`dry run: ${surveyed} ${surveyed === 1 ? 'file' : 'files'}, ${requests}`);
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

function describe(survey: Survey, { distinct, known }: QuestionCounts, { asks }: Forecast): readonly string[] {
  const { headers, found, table, rows, invalid, postcodesTaken, postcodesDiffering, unpaid } = survey;
  const delimiter = `delimiter ${JSON.stringify(table.dialect.delimiter)}`;
  const format = table.encoding === undefined ? 'spreadsheet' : `CSV, ${table.encoding}, ${delimiter}`;
  const refused = [...invalid].map(([status, count]) => `${status} ${count}`).join(', ');
  return [
    `format     ${format}, ${headers.length} columns`,
    ...explainColumns(found, headers),
    `rows       ${rows}${refused === '' ? '' : `; not worth a request: ${refused}`}`,
    ...(postcodesTaken > 0 ? [`           postcode taken from the address: ${postcodesTaken}`] : []),
    ...(postcodesDiffering > 0 ? [`           another postcode in the address: ${postcodesDiffering}`] : []),
    ...(unpaid > 0 ? [`           unpaid, and nothing said of cash on delivery: ${unpaid}`] : []),
    `${asks.padEnd(10)} ${distinct} distinct, ${known} answered without a request`,
    ...[...table.remarks, ...found.warnings].map((note) => `note       ${note}`),
  ];
}

function requestsLine(requests: number, { rate }: RunConfig, plan: Plan): string {
  if (plan.kind === 'local') return 'no requests: answered locally';
  const perSecond = rate === 'auto' ? FIRST_RATE : rate;
  const where = rate === 'auto' ? `${perSecond} a second, where --rate auto begins` : `${perSecond} a second`;
  return `${requests} requests, about ${duration(requests / perSecond)} at ${where}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
