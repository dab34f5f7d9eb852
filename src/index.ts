/** The library: the parts of the command line for a program of one's own (docs/library.md). */
export type { ApiAnswer } from './address/api-answer.ts';
export type { CdekCity, Detection, FiasCity } from './address/detection.ts';
export type { Answered, Deferred, Invalid, Note, Outcome, PostcodeRemark, Source } from './address/outcome.ts';
export type { AddressQuery } from './address/query.ts';
export { type CodFlag, type Judgement, type LimitOf, VERDICTS, type Verdict } from './address/verdict.ts';
export type { Meter } from './compose/compose.ts';
export type { Detector } from './detector/detector.ts';
export { type ErrorCode, GorodError } from './errors.ts';
export type { CandidateSet, Place, PlaceName, Subject } from './gazetteer/gazetteer.ts';
export { LANGUAGES, type Language, type Texts } from './languages.ts';
export { type Cache, type CacheOptions, openCache } from './library/cache.ts';
export { createDetector, type DetectorOptions, type OpenDetector } from './library/create-detector.ts';
export { detect, type Enriched, type EnrichOptions, enrich, type RowReader } from './library/enrich.ts';
export { openGazetteer, type PlaceBook } from './library/gazetteer.ts';
export type { AddressRow } from './library/rows.ts';
export { parseCodLimits } from './pipeline/cod-limits.ts';
export { OUTPUT_COLUMNS, type OutputColumn } from './pipeline/output-columns.ts';
