import type { Outcome } from '../../src/address/outcome.ts';
import type { Language } from '../../src/languages.ts';
import type { EnrichedRow } from '../../src/pipeline/row-judgement.ts';
import { buildReport } from '../../src/report/build-report.ts';
import type { Earlier, Report } from '../../src/report/report.ts';
import { facts } from '../report/facts.ts';
import { found, question, row } from '../report/rows.ts';

const CITIES = [
  ['Москва', 'Москва', '77', 100_000],
  ['Санкт-Петербург', 'Санкт-Петербург', '78', 100_000],
  ['Балашиха', 'Московская', '50', 50_000],
  ['Тула', 'Тульская', '71', 5000],
  ['Благовещенск', 'Амурская', '28', 30_000],
  ['Новосибирск', 'Новосибирская', '54', 29_000],
  ['Екатеринбург', 'Свердловская', '66', 0],
  ['Ростов-на-Дону', 'Ростовская', '61', 50_000],
  ['Якутск', 'Саха (Якутия)', '14', 10_000],
  ['Анадырь', 'Чукотский', '87', 0],
  ['Калининград', 'Калининградская', '39', 20_000],
  ['Махачкала', 'Дагестан', '05', 15_000],
  ['Казань', 'Татарстан', '16', 40_000],
  ['Мурманск', 'Мурманская', '51', 12_000],
] as const;

const ELSEWHERE: Outcome = {
  kind: 'answered',
  source: 'local',
  detection: { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS' },
  note: {
    kind: 'elsewhere',
    named: 'Новороссийск',
    namedPostcode: '353900',
    postcode: '630000',
    postcodePlace: 'Новосибирск',
  },
};

/** Orders with something of everything. */
export function mixedRows(): readonly EnrichedRow[] {
  const rows: EnrichedRow[] = [];
  for (let index = 0; index < 1200; index += 1) {
    const [cityName, region, regionCodeExt, paymentLimit] =
      CITIES[Math.floor((CITIES.length * (index % 97) ** 2) / 97 ** 2)] ?? CITIES[0];
    const city = { cityCode: `${regionCodeExt}1`, cityName, region, regionCodeExt, paymentLimit };
    const query = question({ codRub: index % 3 === 0 ? index * 29.5 : 0 });
    const unsure = index % 41 === 0 ? { confidence: 0.6 } : {};
    rows.push(
      row(index + 2, outcomeOf(index) ?? found(city, { source: index % 4 === 0 ? 'cache' : 'api', ...unsure }), query),
    );
  }
  return rows;
}

function outcomeOf(index: number): Outcome | undefined {
  if (index % 53 === 5) return ELSEWHERE;
  if (index % 61 === 7) return { kind: 'invalid', status: 'ERR_BAD_POSTCODE', defect: 'scientific-notation' };
  if (index % 71 === 9) return { kind: 'invalid', status: 'ERR_BAD_COD', defect: 'thousands-or-decimals' };
  if (index % 83 === 11) return { kind: 'deferred', reason: 'timed out after 10 s' };
  if (index % 37 === 3) {
    return { kind: 'answered', source: 'api', detection: { status_code: 'ERR_MANY_CITIES_IN_ADDRESS' } };
  }
  return undefined;
}

const EARLIER: Earlier = {
  finishedAt: '2026-11-21T05:12:00.000Z',
  rowsOut: 1100,
  verdicts: { accept: 800, review: 200, reject: 95, retry: 5 },
  statuses: { OK: 850, ERR_MANY_CITIES_IN_ADDRESS: 60, ERR_BAD_ROW: 3 },
  overLimitRub: 1_250_000,
};

/** A report with every section filled. */
export function mixedReport(language: Language): Report {
  return buildReport(facts(mixedRows(), { language, earlier: EARLIER, file: 'orders-2026-11-22.csv' }));
}
