import type { CdekCity } from '../../src/address/detection.ts';
import type { Answered, Outcome } from '../../src/address/outcome.ts';
import type { AddressQuery } from '../../src/address/query.ts';
import { judge } from '../../src/address/verdict.ts';
import type { EnrichedRow } from '../../src/pipeline/row-judgement.ts';

export const TULA: CdekCity = {
  cityCode: '182',
  cityName: 'Тула',
  region: 'Тульская',
  regionCodeExt: '71',
  paymentLimit: 5000,
};

const ADDRESS = 'Privatnaya 21, Tula';

export function question(given: Partial<AddressQuery> = {}): AddressQuery {
  return { postcode: '300000', address: ADDRESS, codRub: 0, countryCode: 'ru', fiasOnly: false, ...given };
}

export function found(city: CdekCity, given: Partial<Answered> = {}): Answered {
  return { kind: 'answered', source: 'api', detection: { status_code: 'OK', detected_cdek_city: city }, ...given };
}

/** A judged row as the pipeline hands it on; one that is invalid made no question. */
export function row(line: number, outcome: Outcome, asked: AddressQuery = question()): EnrichedRow {
  const query = outcome.kind === 'invalid' ? undefined : asked;
  const judgement = judge(outcome, query, { limitOf: () => undefined, acceptConfidence: 0.86 });
  return { row: { text: `x,${ADDRESS}`, line, cells: ['x', ADDRESS], broken: false }, query, outcome, judgement };
}
