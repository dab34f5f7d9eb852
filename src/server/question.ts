import { type QueryDefaults, toQuery } from '../address/cells.ts';
import type { Invalid } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';

/** A question as clients send it: the seed document's fields. `null` counts as absent, unknown fields are ignored. */
export interface QuestionBody {
  readonly address?: string | null;
  readonly postcode?: string | number | null;
  readonly cod_rub?: number | string | null;
  readonly fias_only?: boolean | null;
  readonly country_code?: string | null;
}

/** JSON schema of `QuestionBody`: validates requests and documents them. */
export const QUESTION_SCHEMA = {
  type: 'object',
  properties: {
    address: { type: ['string', 'null'], description: 'The address in any script or romanization. Needed.' },
    postcode: { type: ['string', 'integer', 'null'], description: 'Six digits. Needed.' },
    cod_rub: {
      type: ['number', 'string', 'null'],
      default: 0,
      description: 'Cash to collect on delivery, in roubles.',
    },
    fias_only: { type: ['boolean', 'null'], default: false, description: 'Stop after the FIAS place.' },
    country_code: { type: ['string', 'null'], default: 'ru', description: 'ISO 3166-1 alpha-2; only ru is known.' },
  },
  examples: [{ address: 'Lenina 21, 2 Blagoveschensk', postcode: '675000' }],
} as const;

/** What a client asked: its own words, to be echoed, and what they come to. */
export interface AskedQuestion {
  readonly echo: { readonly address: string; readonly postcode: string };
  readonly question: AddressQuery | Invalid;
}

/** Reads a body that fits the schema. A number is an amount as it stands; a text is read like a cell of a file. */
export function readQuestion(body: QuestionBody, defaults: QueryDefaults): AskedQuestion {
  const echo = { address: body.address ?? '', postcode: String(body.postcode ?? '') };
  const amount = body.cod_rub ?? '';
  const cells = { ...echo, cod: typeof amount === 'string' ? amount : '', country: body.country_code ?? '' };
  const fiasOnly = body.fias_only ?? defaults.fiasOnly;
  const question = toQuery(cells, { ...defaults, fiasOnly });
  if ('kind' in question || typeof amount === 'string') return { echo, question };
  if (amount < 0) return { echo, question: { kind: 'invalid', status: 'ERR_BAD_COD', defect: 'negative' } };
  if (!(amount <= Number.MAX_SAFE_INTEGER)) {
    return { echo, question: { kind: 'invalid', status: 'ERR_BAD_COD', defect: 'not-roubles' } };
  }
  return { echo, question: { ...question, codRub: amount } };
}
