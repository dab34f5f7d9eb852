import { GorodError } from '../errors.ts';

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
      return bad(name, 'is protected by a password. Take the password off in Excel (File, Info), save and run again.');
    }
    isWorkbook ||= seen.includes(WORKBOOK);
    before = seen.subarray(-LONGEST_NAME);
  }
  if (isWorkbook) return bad(name, 'is a workbook of the old kind (.xls), whatever its name says. Save it as .xlsx.');
  return bad(name, 'is neither a CSV nor a spreadsheet that can be read. Save it as .xlsx or .csv.');
}

function bad(name: string, what: string): GorodError {
  return new GorodError('BAD_INPUT', `${name}: ${what}`);
}
