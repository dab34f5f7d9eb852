import type { OptionTable, Values } from '../config/option.ts';
import { flagName } from '../config/resolve.ts';
import { CSV_OPTIONS } from '../config/serve-options.ts';
import { GorodError } from '../errors.ts';
import { LANG_PARAMETER } from './documents.ts';
import { refusalError } from './failures.ts';
import { REFUSALS } from './refusals.ts';

/** Parameters that are read elsewhere. */
const ELSEWHERE = new Set(Object.keys(LANG_PARAMETER));

type CsvQuery = Values<typeof CSV_OPTIONS>;

const FLAGS = new Map(Object.entries(CSV_OPTIONS).map(([name, option]) => [flagName(name), { name, option }]));

/** Reads the parameters of `POST /csv` by the table of `gorod run`'s options. Throws a refusal naming the parameter. */
export function parseCsvQuery(query: Readonly<Record<string, unknown>>): CsvQuery {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(CSV_OPTIONS as OptionTable)) values[name] = option.default;
  for (const [flag, given] of Object.entries(query)) {
    if (ELSEWHERE.has(flag)) continue;
    const known = FLAGS.get(flag);
    if (known === undefined) throw refusalError(REFUSALS.badQuery, `there is no parameter ${quoted(flag)}`);
    if (typeof given !== 'string') throw refusalError(REFUSALS.badQuery, `${flag}: given more than once`);
    values[known.name] = parse(flag, known.option, given);
  }
  return Object.freeze(values) as CsvQuery;
}

function parse(flag: string, option: OptionTable[string], given: string): unknown {
  try {
    // A switch without a value is on, as on the command line.
    return option.parse([option.kind === 'switch' && given === '' ? 'on' : given]);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw refusalError(REFUSALS.badQuery, error instanceof GorodError ? message : `${flag}: ${message}`);
  }
}

function quoted(flag: string): string {
  return JSON.stringify(flag.slice(0, 40));
}

/** The parameters as a JSON schema, for the document of the API. */
export const CSV_QUERY_SCHEMA = {
  type: 'object',
  properties: {
    ...LANG_PARAMETER,
    ...Object.fromEntries(
      [...FLAGS].map(([flag, { option }]) => {
        const { describe: description, choices, kind } = option as OptionTable[string];
        const values = kind === 'switch' ? { enum: ['on', 'off', ''] } : choices === undefined ? {} : { enum: choices };
        return [flag, { type: 'string', description, ...values }];
      }),
    ),
  },
} as const;
