import type { Language } from '../languages.ts';
import type { FailedInput } from './failed-input.ts';
import type { Contradiction, Example, VerdictCounts } from './findings.ts';
import type { ReasonKind } from './reason.ts';
import type { Summary } from './summary.ts';

/**
 * A report as JSON; docs/report.schema.json is its schema. It names rows by file, line and postcode and holds no address,
 * no recipient and no key. Money is in roubles.
 */
export interface Report extends Omit<Summary, 'verdicts' | 'statuses' | 'settings'> {
  readonly format: 'gorod-report';
  /** Grows when a reader of the format would have to change. */
  readonly formatVersion: 1;
  readonly language: Language;
  readonly inputs: readonly ReportInput[];
  /** Inputs of the same command that are not in it; absent where there are none. */
  readonly failedInputs?: readonly FailedInput[];
  readonly verdicts: VerdictCounts;
  /** Most rows first. */
  readonly statuses: readonly StatusRows[];
  /** Answers that stand in for an upstream that could not be asked. */
  readonly fallbacks: number;
  /** Most rows first. */
  readonly reasons: readonly Reason[];
  /** Rows that are not accepted for reasons that found no room in `reasons`. */
  readonly unlistedReasonRows: number;
  /** What orders made of the rows as they stand would meet at CDEK, by its error code. */
  readonly orderErrors: Readonly<Record<string, number>>;
  readonly cod: CodFindings;
  readonly contradictions: {
    readonly rows: number;
    /** The first ones. */
    readonly listed: readonly Contradiction[];
  };
  readonly destinations: {
    /** Most rows first. */
    readonly subjects: readonly SubjectRows[];
    /** Rows without a CDEK city, or with one of a region unknown. */
    readonly unplacedRows: number;
  };
  /** Rows whose postcode was taken from their address. */
  readonly postcodesTaken: number;
  /** Rows that owe something of which they do not say that it is collected on delivery: no COD was asked for them. */
  readonly unpaid: number;
  /** The earlier report on the same inputs in the same place. */
  readonly earlier?: Earlier;
}

export interface ReportInput {
  /** Without its folder. */
  readonly name: string;
  readonly rows: number;
}

export interface StatusRows {
  readonly status: string;
  /** In the report's language; absent for a code that gorod does not know. */
  readonly meaning?: string;
  readonly rows: number;
  readonly verdicts: VerdictCounts;
}

export interface Reason extends ReasonKind {
  /** What happened, in the report's language; absent where only the code tells. */
  readonly meaning?: string;
  /** What to do next, in the report's language; absent where `meaning` says so. */
  readonly advice?: string;
  readonly rows: number;
  /** The first ones. */
  readonly examples: readonly Example[];
}

export interface CodFindings {
  /** Rows with cash on delivery, and what they ask for. */
  readonly rows: number;
  readonly rub: number;
  readonly overLimitRows: number;
  readonly overLimitRub: number;
  /** Where more is asked for than may be collected, the largest sum first. */
  readonly cities: readonly CityRows[];
  /** Rows over the limit of cities that found no room in `cities`. */
  readonly unlistedRows: number;
}

export interface CityRows {
  readonly cityCode?: string;
  readonly city?: string;
  readonly region?: string;
  /** 0: none may be collected. Absent where the answer told none. */
  readonly limitRub?: number;
  readonly rows: number;
  /** What the rows ask for. */
  readonly rub: number;
  /** The first ones. */
  readonly examples: readonly { readonly file: string; readonly line: number; readonly rub: number }[];
}

export interface SubjectRows {
  /** Two digits. */
  readonly code: string;
  readonly name: string;
  readonly rows: number;
  readonly verdicts: VerdictCounts;
}

/** What is compared with an earlier report. */
export interface Earlier {
  readonly finishedAt: string;
  readonly rowsOut: number;
  readonly verdicts: VerdictCounts;
  readonly statuses: Readonly<Record<string, number>>;
  readonly overLimitRub: number;
}
