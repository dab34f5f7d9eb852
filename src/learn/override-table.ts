import { canonicalAddress } from '../address/key.ts';
import { type Correction, type Override, type SettledQuestion, statedPostcode } from '../address/override.ts';
import { parsePostcode } from '../address/postcode.ts';
import { NOBODY } from '../address/teaching.ts';
import type { Lesson } from '../cache/override-file.ts';
import { parseCorrection, type StoredOverride } from '../cache/stored-override.ts';
import { questionFault, type Refused, refused } from './parse-fix.ts';
import { IMPORT_REFUSALS, REFUSALS } from './refusals.ts';

/** The columns of `gorod learn --list`, and of `--export`, which adds the answer as JSON. Times are ISO 8601. */
export const LIST_COLUMNS = [
  'id',
  'country_code',
  'fias_only',
  'postcode',
  'address',
  'fix_postcode',
  'fix_address',
  'fix_city_code',
  'city_name',
  'by',
  'at',
  'why',
] as const;

export const EXPORT_COLUMNS = [...LIST_COLUMNS, 'answer'] as const;

export type ExportColumn = (typeof EXPORT_COLUMNS)[number];

/** The columns without which nothing can be imported. */
export const NEEDED_COLUMNS = [
  'postcode',
  'address',
  'fix_postcode',
  'fix_address',
  'fix_city_code',
  'answer',
] as const satisfies readonly ExportColumn[];

/** An override as the cells of a table. */
export function toCells({
  id,
  question,
  correction,
  by,
  at,
  why,
}: StoredOverride): Readonly<Record<ExportColumn, string>> {
  const answer = correction.kind === 'answer' ? correction.detection : undefined;
  const asked = correction.kind === 'question' ? correction : undefined;
  return {
    id: String(id),
    country_code: question.countryCode,
    fias_only: String(question.fiasOnly),
    postcode: guarded(question.postcode),
    address: question.address,
    fix_postcode: asked?.postcode ?? '',
    fix_address: guarded(asked?.address ?? ''),
    fix_city_code: answer?.detected_cdek_city?.cityCode ?? '',
    city_name: answer?.detected_cdek_city?.cityName ?? answer?.detected_fias_city?.formal_name ?? '',
    by: guarded(by),
    at: new Date(at).toISOString(),
    why: guarded(why),
    answer: answer === undefined ? '' : JSON.stringify(answer),
  };
}

/** Reads the cells of an exported override again; an id is of the file it comes from and counts for nothing. */
export function fromCells(cells: Readonly<Partial<Record<ExportColumn, string>>>, now: number): Lesson | Refused {
  const cell = (name: ExportColumn) => unguarded((cells[name] ?? '').trim());
  const countryCode = cell('country_code').toLowerCase() || 'ru';
  if (countryCode !== 'ru') return refused(IMPORT_REFUSALS.country);
  const fiasOnly = cell('fias_only').toLowerCase() || 'false';
  if (fiasOnly !== 'true' && fiasOnly !== 'false') return refused(IMPORT_REFUSALS.fiasOnly);
  const postcode = parsePostcode(cell('postcode'));
  const question: SettledQuestion = {
    countryCode,
    fiasOnly: fiasOnly === 'true',
    postcode: postcode.ok && postcode.value !== '' ? postcode.value : statedPostcode(cell('postcode')),
    address: canonicalAddress(cell('address')),
  };
  if (question.address === '') return refused(IMPORT_REFUSALS.address);
  const correction = correctionOf(cell, question);
  if (correction.kind === 'refused') return correction;
  const at = cell('at') === '' ? now : Date.parse(cell('at'));
  if (!Number.isSafeInteger(at)) return refused(IMPORT_REFUSALS.time);
  return { question, correction, by: cell('by') || NOBODY, at, why: cell('why') };
}

function correctionOf(cell: (name: ExportColumn) => string, question: SettledQuestion): Correction | Refused {
  const code = cell('fix_city_code');
  const json = cell('answer');
  const postcode = cell('fix_postcode');
  const address = cell('fix_address');
  if ((code !== '' || json !== '') === (postcode !== '' || address !== '')) {
    return refused(IMPORT_REFUSALS.either);
  }
  if (json !== '' || code !== '') return settledAnswer(json, code, question);
  const parsed = parsePostcode(postcode);
  if (!parsed.ok) return refused(REFUSALS.badPostcode);
  const fix = {
    kind: 'question' as const,
    ...(parsed.value === '' ? {} : { postcode: parsed.value }),
    ...(address === '' ? {} : { address }),
  };
  return questionFault(fix, question) ?? fix;
}

function settledAnswer(json: string, code: string, { fiasOnly }: SettledQuestion): Override['correction'] | Refused {
  const correction = parseCorrection(`{"kind":"answer","detection":${json || 'null'}}`);
  if (correction?.kind !== 'answer') return refused(IMPORT_REFUSALS.answer);
  const { detected_cdek_city: city } = correction.detection;
  if (!fiasOnly && (typeof city?.cityCode !== 'string' || typeof city.cityName !== 'string')) {
    return refused(IMPORT_REFUSALS.noCity);
  }
  if ((city?.cityCode ?? '') !== code) return refused(IMPORT_REFUSALS.otherCity);
  return correction;
}

/** A spreadsheet would run a text that begins like a formula; an apostrophe before it keeps it a text. */
function guarded(text: string): string {
  return /^'*[=+\-@]/.test(text) ? `'${text}` : text;
}

function unguarded(text: string): string {
  return /^'+[=+\-@]/.test(text) ? text.slice(1) : text;
}
