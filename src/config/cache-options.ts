import { DETECTOR_OPTIONS } from './detector-options.ts';
import { optional, value } from './option.ts';
import { text } from './parsers.ts';

const { cache, ttl, negativeTtl } = DETECTOR_OPTIONS;

/** Options of every `gorod cache` command. */
export const CACHE_OPTIONS = { cache } as const;

/** Options of `gorod cache prune`. */
export const CACHE_PRUNE_OPTIONS = { ...CACHE_OPTIONS, ttl, negativeTtl } as const;

/** Options of `gorod cache export`. */
export const CACHE_EXPORT_OPTIONS = {
  ...CACHE_OPTIONS,
  output: optional(
    { group: 'Result', alias: 'o', describe: 'CSV file to write', placeholder: 'FILE', defaultText: 'stdout' },
    text,
  ),
} as const;

/** Options of `gorod cache forget`. */
export const CACHE_FORGET_OPTIONS = {
  ...CACHE_OPTIONS,
  postcode: value(
    {
      group: 'Question',
      describe: 'Postcode, as it was asked; a row without one is forgotten by its address',
      placeholder: 'CODE',
      default: '',
    },
    text,
  ),
  address: value({ group: 'Question', describe: 'Address, as it was asked', placeholder: 'TEXT', default: '' }, text),
} as const;
