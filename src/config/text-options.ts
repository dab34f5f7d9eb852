import { ENCODINGS, type Encoding, parseEncoding } from '../encoding/encodings.ts';
import { GorodError } from '../errors.ts';
import { optional, toggle, type Values, value } from './option.ts';

const FILES = 'Files and columns';

const outputEncoding = {
  group: FILES,
  describe: `Encoding of the output: one of ${ENCODINGS.join(', ')}, or same as the input`,
  placeholder: 'NAME',
} as const;

const parseOutputEncoding = (given: string): Encoding | 'same' => (given === 'same' ? 'same' : parseEncoding(given));

/** Options of the text that files are read as and written as. */
export const TEXT_OPTIONS = {
  encoding: optional(
    {
      group: FILES,
      describe: `Encoding of the input: ${ENCODINGS.join(', ')}`,
      placeholder: 'NAME',
      defaultText: 'recognised',
    },
    parseEncoding,
  ),
  outputEncoding: value<Encoding | 'same'>({ ...outputEncoding, default: 'utf-8' }, parseOutputEncoding),
  bom: toggle({ group: FILES, describe: 'Begin the output file with a byte-order mark whatever the input had' }),
  noBom: toggle({
    group: FILES,
    describe: 'Write no byte-order mark, also where the input had one or was not UTF-8',
  }),
} as const;

/** The same where a file is written anew: it keeps its encoding. */
export const REWRITTEN_TEXT_OPTIONS = {
  ...TEXT_OPTIONS,
  outputEncoding: value<Encoding | 'same'>({ ...outputEncoding, default: 'same' }, parseOutputEncoding),
} as const;

/** What the options say of the text. `bom` is undefined where it follows the input. */
export interface TextChoice {
  readonly encoding: Encoding | undefined;
  readonly outputEncoding: Encoding | 'same';
  readonly bom: boolean | undefined;
}

/** Reads the options together. Throws GorodError BAD_OPTION where they contradict each other. */
export function textChoice({ encoding, outputEncoding, bom, noBom }: Values<typeof TEXT_OPTIONS>): TextChoice {
  if (bom && noBom) throw new GorodError('BAD_OPTION', '--bom and --no-bom cannot both hold; give one of them.');
  return { encoding, outputEncoding, bom: bom ? true : noBom ? false : undefined };
}
