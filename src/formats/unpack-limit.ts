import { GorodError } from '../errors.ts';
import { FORMAT_TEXTS } from './texts.ts';

/** An honest table of any size packs to a fiftieth at best; deflate can reach a thousandth. */
const MOST_TIMES = 200;
/** Below this a ratio means nothing. Less than is looked ahead for an encoding: most bombs are met before anybody is asked. */
const FREE_BYTES = 32 * 1024 * 1024;

/** Watches how much comes out of so many packed bytes; throws GorodError BAD_INPUT for a bomb. */
export function unpackLimit(name: string): (unpackedBytes: number, packedBytes: number) => void {
  return (unpackedBytes, packedBytes) => {
    if (unpackedBytes <= FREE_BYTES || unpackedBytes <= MOST_TIMES * packedBytes) return;
    throw new GorodError('BAD_INPUT', FORMAT_TEXTS.bomb(name, MOST_TIMES));
  };
}
