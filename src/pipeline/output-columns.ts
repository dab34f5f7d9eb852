import type { CdekCity, FiasCity } from '../address/detection.ts';
import { renderRowMessage } from '../address/messages.ts';
import { type Answered, confidenceOf, type Outcome } from '../address/outcome.ts';
import type { Judgement } from '../address/verdict.ts';
import { GorodError } from '../errors.ts';
import type { Language } from '../languages.ts';
import { JOB_TEXTS } from './texts.ts';

/** The names of the added columns, without prefix, in the order in which they are written. */
export const OUTPUT_COLUMNS = [
  'status',
  'message',
  'verdict',
  'cod_flag',
  'order_error',
  'payment_limit',
  'city_code',
  'city_name',
  'city_uuid',
  'region',
  'region_code',
  'region_code_ext',
  'sub_region',
  'country_code',
  'fias_guid',
  'fias_name',
  'fias_prefix',
  'fias_level',
  'region_fias_guid',
  'kladr',
  'latitude',
  'longitude',
  'timezone',
  'possible_cities',
  'source',
  'confidence',
  'runner_up',
] as const;

export type OutputColumn = (typeof OUTPUT_COLUMNS)[number];

const NUMERIC = ['payment_limit', 'latitude', 'longitude', 'confidence', 'runner_up'] as const satisfies OutputColumn[];

/** The headers of the added columns that hold numbers; codes are texts. */
export function numericColumns(prefix: string): ReadonlySet<string> {
  return new Set(NUMERIC.map((column) => prefix + column));
}

/** One row's answer, ready to be written. */
export interface JudgedOutcome {
  readonly outcome: Outcome;
  readonly judgement: Judgement;
}

type Cell = string | number | undefined;
type Render = (judged: JudgedOutcome, language: Language) => Cell;

const RENDER = {
  status: ({ judgement }) => judgement.status,
  message: ({ outcome, judgement }, language) => renderRowMessage(outcome, judgement, language),
  verdict: ({ judgement }) => judgement.verdict,
  cod_flag: ({ judgement }) => judgement.codFlag,
  order_error: ({ judgement }) => judgement.orderError,
  payment_limit: ({ judgement }) => judgement.paymentLimit,
  city_code: city((found) => found.cityCode),
  city_name: city((found) => found.cityName),
  city_uuid: city((found) => found.cityUuid),
  region: city((found) => found.region),
  region_code: city((found) => found.regionCode),
  region_code_ext: city((found) => found.regionCodeExt),
  sub_region: city((found) => found.subRegion),
  country_code: city((found) => found.countryCode),
  fias_guid: answered(({ detection }) => detection.detected_fias_city?.guid ?? detection.detected_cdek_city?.fiasGuid),
  fias_name: fias((found) => found.formal_name),
  fias_prefix: fias((found) => found.prefix),
  fias_level: fias((found) => found.ao_level),
  region_fias_guid: city((found) => found.regionFiasGuid),
  kladr: city((found) => found.kladr),
  latitude: city((found) => found.latitude),
  longitude: city((found) => found.longitude),
  timezone: city((found) => found.timezone),
  possible_cities: answered(({ detection }) => [...new Set(detection.possible_cities ?? [])].join('|')),
  source: answered(({ source }) => source),
  confidence: answered((answer) => rounded(confidenceOf(answer))),
  runner_up: answered(({ runnerUp }) => rounded(runnerUp)),
} as const satisfies Record<OutputColumn, Render>;

/** The cells of the chosen columns for one row; texts are safe to open in a spreadsheet and hold no line break. */
export function renderCells(columns: readonly OutputColumn[], judged: JudgedOutcome, language: Language): string[] {
  return columns.map((column) => {
    const cell: Cell = RENDER[column](judged, language);
    if (cell === undefined) return '';
    return typeof cell === 'number' ? String(cell) : safeText(cell);
  });
}

/** Reads `--fields a,b,c`. Throws GorodError BAD_OPTION for a name that is no added column, or is given twice. */
export function parseFields(text: string): readonly OutputColumn[] {
  const fields = text.split(',').map((part) => {
    const name = part.trim();
    const column = OUTPUT_COLUMNS.find((known) => known === name);
    if (column === undefined) {
      throw new GorodError('BAD_OPTION', JOB_TEXTS.noField(name, OUTPUT_COLUMNS.join(', ')));
    }
    return column;
  });
  const twice = fields.find((field, at) => fields.indexOf(field) !== at);
  if (twice !== undefined) throw new GorodError('BAD_OPTION', JOB_TEXTS.fieldTwice(twice));
  return fields;
}

const FORMULA_START = /^[=+\-@\p{Cc}]/u;
const CONTROLS = /\p{Cc}+/gu;

/** A spreadsheet would run a text that begins like a formula; an apostrophe before it keeps it a text. */
function safeText(text: string): string {
  const oneLine = text.replace(CONTROLS, ' ');
  return FORMULA_START.test(text) ? `'${oneLine}` : oneLine;
}

function rounded(score: number | undefined): number | undefined {
  return score === undefined ? undefined : Math.round(score * 1000) / 1000;
}

function answered(read: (answer: Answered) => Cell): Render {
  return ({ outcome }) => (outcome.kind === 'answered' ? read(outcome) : undefined);
}

function city(read: (found: CdekCity) => Cell): Render {
  return answered(({ detection }) => detection.detected_cdek_city && read(detection.detected_cdek_city));
}

function fias(read: (found: FiasCity) => Cell): Render {
  return answered(({ detection }) => detection.detected_fias_city && read(detection.detected_fias_city));
}
