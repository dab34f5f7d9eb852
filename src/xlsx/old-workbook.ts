import { GorodError } from '../errors.ts';
import { XLSX_TEXTS } from './texts.ts';

/** How the directory of an OLE2 container names what an encrypted XLSX is kept in, and what an old workbook is. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
const WORKBOOK = Buffer.from('Workbook', 'utf16le');
const LONGEST_NAME = 64;

/** The error for a file in Microsoft's old container: a workbook protected by a password, or of Excel before 2007. */
export async function oldWorkbook(name: string, bytes: AsyncIterable<Uint8Array>): Promise<GorodError> {
  let before: Uint8Array = new Uint8Array();
  let isWorkbook = false;
  for await (const piece of bytes) {
    const seen = Buffer.concat([before, piece]);
    if (seen.includes(ENCRYPTED)) {
      return new GorodError('BAD_INPUT', XLSX_TEXTS.locked(name));
    }
    isWorkbook ||= seen.includes(WORKBOOK);
    before = seen.subarray(-LONGEST_NAME);
  }
  return new GorodError('BAD_INPUT', (isWorkbook ? XLSX_TEXTS.oldKind : XLSX_TEXTS.neither)(name));
}
