import type { Database } from 'better-sqlite3';
import type { Correction, Override, SettledQuestion } from '../address/override.ts';
import type { Teaching } from '../address/teaching.ts';

/** An override with who settled it, when and why. */
export interface StoredOverride extends Override, Teaching {
  /** For `gorod learn --remove`. */
  readonly id: number;
  readonly by: string;
  readonly at: number;
  readonly why: string;
}

interface OverrideRow {
  readonly id: number;
  readonly country: string;
  readonly fias_only: number;
  readonly postcode: string;
  readonly address: string;
  readonly correction: string;
  readonly taught_by: string;
  readonly taught_at: number;
  readonly why: string;
}

/** Reads every override of an open database, in the order of their ids. A row that makes no sense is left out. */
export function selectOverrides(database: Database): readonly StoredOverride[] {
  const rows = database.prepare<[], OverrideRow>('SELECT * FROM overrides ORDER BY id').all();
  return rows.flatMap(({ id, country, fias_only, postcode, address, correction, taught_by, taught_at, why }) => {
    const parsed = parseCorrection(correction);
    if (parsed === undefined) return [];
    const question: SettledQuestion = { countryCode: country, fiasOnly: fias_only === 1, postcode, address };
    return [{ id, question, correction: parsed, by: taught_by, at: taught_at, why }];
  });
}

/** Reads a correction as it is stored, a JSON object; undefined for a text that is none. */
export function parseCorrection(json: string): Correction | undefined {
  const value = parseJson(json);
  return isCorrection(value) ? value : undefined;
}

function isCorrection(value: unknown): value is Correction {
  if (!isRecord(value)) return false;
  const { kind, detection, postcode, address } = value;
  if (kind === 'answer') return isRecord(detection) && detection.status_code === 'OK' && isRecord(place(detection));
  const isPart = (part: unknown) => part === undefined || typeof part === 'string';
  return kind === 'question' && isPart(postcode) && isPart(address) && (postcode ?? address) !== undefined;
}

function place(detection: Readonly<Record<string, unknown>>): unknown {
  return detection.detected_cdek_city ?? detection.detected_fias_city;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
