import { parse } from 'csv-parse/sync';
import type { LimitOf } from '../address/verdict.ts';
import { sniffDialect } from '../csv/dialect.ts';
import { GorodError } from '../errors.ts';
import type { Texts } from '../languages.ts';
import { JOB_TEXTS } from './texts.ts';

const KEYS = ['city_code', 'fias_guid', 'region_code_ext'] as const;

type Key = (typeof KEYS)[number];

/**
 * Reads the shop's own payment limits: a CSV with the header `payment_limit` (roubles, -1 none, 0 no cash on delivery)
 * and one or more of `city_code`, `fias_guid`, `region_code_ext`; further columns are comments. The most specific line
 * holds for a city. The delimiter is told from the text. Throws GorodError BAD_OPTION naming file and line.
 */
export function parseCodLimits(text: string, file: string): LimitOf {
  const limits: Record<Key, Map<string, number>> = {
    city_code: new Map(),
    fias_guid: new Map(),
    region_code_ext: new Map(),
  };
  for (const { record, line } of parseLines(text, file)) {
    const keys = KEYS.filter((key) => (record[key] ?? '') !== '');
    const [key] = keys;
    if (key === undefined || keys.length > 1) {
      throw bad(file, line, JOB_TEXTS.oneKey(KEYS.join(', ')));
    }
    const name = key === 'region_code_ext' ? twoDigits(record[key]) : (record[key] ?? '').toLowerCase();
    if (limits[key].has(name)) throw bad(file, line, JOB_TEXTS.statedTwice(`${key} ${name}`));
    limits[key].set(name, parseLimit(record.payment_limit ?? '', file, line));
  }
  return (city) =>
    limits.city_code.get(city.cityCode) ??
    limits.fias_guid.get(city.fiasGuid?.toLowerCase() ?? '') ??
    limits.region_code_ext.get(twoDigits(city.regionCodeExt));
}

/** Spreadsheets take the zero off `05`. */
function twoDigits(regionCode: string | undefined): string {
  return (regionCode ?? '').padStart(2, '0');
}

/** Knows no limits: what the answers say holds. */
export const noCodLimits: LimitOf = () => undefined;

interface Line {
  readonly record: Readonly<Record<string, string | undefined>>;
  readonly line: number;
}

function parseLines(text: string, file: string): Line[] {
  try {
    let header: readonly string[] = [];
    const rows = parse(text, {
      bom: true,
      delimiter: sniffDialect(text).delimiter,
      columns: (names: string[]) => {
        header = names;
        return names;
      },
      info: true,
      trim: true,
      skip_empty_lines: true,
    }) as unknown as {
      record: Record<string, string>;
      info: { lines: number };
    }[];
    if (!header.includes('payment_limit')) throw bad(file, 1, JOB_TEXTS.noLimitColumn);
    return rows.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (cause) {
    if (cause instanceof GorodError) throw cause;
    throw new GorodError('BAD_OPTION', `--cod-limits ${file}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

function parseLimit(text: string, file: string, line: number): number {
  if (!/^(?:-1|\d+(?:\.\d+)?)$/.test(text)) throw bad(file, line, JOB_TEXTS.badLimit);
  return Number(text);
}

function bad(file: string, line: number, what: Texts): GorodError {
  return new GorodError('BAD_OPTION', JOB_TEXTS.limitsLine(file, line, what));
}
