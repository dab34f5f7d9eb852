import { VERDICTS } from '../address/verdict.ts';
import { noVerdicts } from './findings.ts';
import type { Earlier, Report, ReportInput } from './report.ts';

/** The id of the element in which a page keeps its report as JSON. */
export const DATA_ID = 'gorod-report';

const EMBEDDED = new RegExp(`<script type="application/json" id="${DATA_ID}">([^<]*)</script>`);

/**
 * What an earlier report, a page or JSON, said of the same inputs. Undefined where the text is no report, a damaged one,
 * or one on other files: a comparison that is not sure is none.
 */
export function readEarlier(text: string, inputs: readonly ReportInput[]): Earlier | undefined {
  const json = text.trimStart().startsWith('{') ? text : EMBEDDED.exec(text)?.[1];
  const report = json === undefined ? undefined : parsed(json);
  if (report?.format !== 'gorod-report' || !isAboutSame(report, inputs)) return undefined;
  const { finishedAt, rowsOut, verdicts, statuses, cod } = report;
  if (typeof finishedAt !== 'string' || Number.isNaN(Date.parse(finishedAt))) return undefined;
  if (!isCount(rowsOut) || !isCount(cod?.overLimitRub)) return undefined;
  const counts = noVerdicts();
  for (const verdict of VERDICTS) {
    const rows: unknown = verdicts?.[verdict];
    if (!isCount(rows)) return undefined;
    counts[verdict] = rows;
  }
  if (!Array.isArray(statuses)) return undefined;
  const byStatus: [string, number][] = [];
  for (const one of statuses as readonly { status?: unknown; rows?: unknown }[]) {
    if (typeof one?.status !== 'string' || !isCount(one.rows)) return undefined;
    byStatus.push([one.status, one.rows]);
  }
  return {
    finishedAt,
    rowsOut,
    verdicts: counts,
    statuses: Object.fromEntries(byStatus),
    overLimitRub: cod.overLimitRub,
  };
}

function parsed(json: string): Partial<Report> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function isAboutSame({ inputs }: Partial<Report>, now: readonly ReportInput[]): boolean {
  if (!Array.isArray(inputs) || inputs.length !== now.length) return false;
  const names = new Set((inputs as readonly { name?: unknown }[]).map((input) => input?.name));
  return now.every(({ name }) => names.has(name));
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}
