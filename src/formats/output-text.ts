import type { Encoding } from '../encoding/encodings.ts';
import { GorodError } from '../errors.ts';
import { outputFormat } from './output-format.ts';

/** The text that an output is written as. */
export interface OutputText {
  readonly encoding: Encoding;
  readonly bom: boolean;
}

/** What was asked for, and what the input was; a spreadsheet has no encoding. */
export interface OutputTextChoice {
  /** `-` for stdout. */
  readonly output: string;
  readonly outputEncoding: Encoding | 'same';
  /** Undefined: as the input and the encoding have it. */
  readonly bom: boolean | undefined;
  readonly input: { readonly encoding: Encoding | undefined; readonly bom: boolean };
}

/**
 * Settles encoding and byte-order mark of an output. A mark is written where the input had one or was not UTF-8, and
 * in UTF-16; never to stdout. Throws GorodError BAD_OPTION where one is asked for that there cannot be.
 */
export function outputText({ output, outputEncoding, bom, input }: OutputTextChoice): OutputText {
  if (outputFormat(output).container === 'xlsx') return { encoding: 'utf-8', bom: false };
  const encoding = outputEncoding === 'same' ? (input.encoding ?? 'utf-8') : outputEncoding;
  if (bom !== true) return { encoding, bom: bom !== false && output !== '-' && isMarked(encoding, input) };
  if (output === '-') throw new GorodError('BAD_OPTION', '--bom: stdout never gets a byte-order mark; see --output.');
  if (encoding === 'windows-1251' || encoding === 'koi8-r')
    throw new GorodError('BAD_OPTION', `--bom: there is no byte-order mark in ${encoding}.`);
  return { encoding, bom };
}

function isMarked(encoding: Encoding, input: OutputTextChoice['input']): boolean {
  switch (encoding) {
    case 'utf-8':
      return input.bom || input.encoding !== 'utf-8';
    case 'gb18030':
      return input.bom && input.encoding === 'gb18030';
    default:
      return encoding === 'utf-16le' || encoding === 'utf-16be';
  }
}
