import { GorodError } from '../errors.ts';
import { XmlFault } from './xml.ts';

/** Why a workbook cannot be read; the message completes "FILE: cannot be read as a spreadsheet: …". */
export class Fault extends Error {}

/** Runs a reading step; what it finds wrong with the workbook becomes GorodError BAD_INPUT that names the file. */
export function asBadInput(cause: unknown, name: string): unknown {
  if (!(cause instanceof Fault) && !(cause instanceof XmlFault)) return cause;
  const what = cause instanceof XmlFault ? `a part of it is damaged (${cause.message})` : cause.message;
  return new GorodError('BAD_INPUT', `${name}: cannot be read as a spreadsheet: ${what}.`, { cause });
}
