import { LANGUAGES } from '../languages.ts';
import { choice, value } from './option.ts';
import { RUN_OPTIONS } from './run-options.ts';

const QUESTION = 'Question';

/** Options of `gorod detect` beside those of its detector. */
export const DETECT_OPTIONS = {
  postcode: value({ group: QUESTION, describe: 'Postcode', placeholder: 'CODE', default: '' }, (given) => given),
  address: value(
    { group: QUESTION, describe: 'Address in any script or romanization', placeholder: 'TEXT', default: '' },
    (given) => given,
  ),
  cod: value(
    { group: QUESTION, describe: 'Cash to collect on delivery, in roubles', placeholder: 'AMOUNT', default: '' },
    (given) => given,
  ),
  codLimits: { ...RUN_OPTIONS.codLimits, group: QUESTION },
  lang: choice({ group: QUESTION, describe: 'Language of status_msg', placeholder: 'LANG', default: 'en' }, LANGUAGES),
} as const;
