import type { OptionTable, Values } from '../config/option.ts';
import { misfitOf } from '../config/resolve.ts';
import { CSV_OPTIONS } from '../config/serve-options.ts';
import { GorodError } from '../errors.ts';
import { joined, phrase } from '../languages.ts';
import { asParameters, CSV_PARAMETERS } from './csv-parameters.ts';
import { LANG_PARAMETER } from './documents.ts';
import { refusalError } from './failures.ts';
import { REFUSALS } from './refusals.ts';

/** Parameters that are read elsewhere. */
const ELSEWHERE = new Set(Object.keys(LANG_PARAMETER));

type CsvQuery = Values<typeof CSV_OPTIONS>;

/** Reads the parameters of `POST /csv` by the table of `gorod run`'s options. Throws a refusal naming the parameter. */
export function parseCsvQuery(query: Readonly<Record<string, unknown>>): CsvQuery {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(CSV_OPTIONS as OptionTable)) values[name] = option.default;
  for (const [flag, given] of Object.entries(query)) {
    if (ELSEWHERE.has(flag)) continue;
    const known = CSV_PARAMETERS.get(flag);
    if (known === undefined) throw refusalError(REFUSALS.badQuery, NO_PARAMETER(quoted(flag)));
    if (typeof given !== 'string') throw refusalError(REFUSALS.badQuery, GIVEN_TWICE(flag));
    values[known.name] = parse(flag, known.option, given);
  }
  return Object.freeze(values) as CsvQuery;
}

function parse(flag: string, option: OptionTable[string], given: string): unknown {
  try {
    // A switch without a value is on, as on the command line.
    return option.parse([option.kind === 'switch' && given === '' ? 'on' : given]);
  } catch (error) {
    if (error instanceof GorodError) throw refusalError(REFUSALS.badQuery, asParameters(error.texts));
    throw refusalError(REFUSALS.badQuery, joined([flag, misfitOf(error)], ': '));
  }
}

const NO_PARAMETER = phrase({
  en: (name: string) => `there is no parameter ${name}`,
  zh: (name) => `没有参数 ${name}`,
  ru: (name) => `нет параметра ${name}`,
});

const GIVEN_TWICE = phrase({
  en: (name: string) => `${name}: given more than once`,
  zh: (name) => `${name}：给出了多次`,
  ru: (name) => `${name}: задан больше одного раза`,
});

function quoted(flag: string): string {
  return JSON.stringify(flag.slice(0, 40));
}

/** The parameters as a JSON schema, for the document of the API. */
export const CSV_QUERY_SCHEMA = {
  type: 'object',
  properties: {
    ...LANG_PARAMETER,
    ...Object.fromEntries(
      [...CSV_PARAMETERS].map(([flag, { option }]) => {
        const { describe: description, choices, kind } = option;
        const values = kind === 'switch' ? { enum: ['on', 'off', ''] } : choices === undefined ? {} : { enum: choices };
        return [flag, { type: 'string', description, ...values }];
      }),
    ),
  },
} as const;
