/**
 * Codes as registers write them. Each parser gives the code in its one form, or undefined for what cannot be one.
 * Empty cells are the caller's: they mean "not stated".
 */

/** A FIAS GUID or CDEK's uuid, lower case. */
export function parseGuid(text: string): string | undefined {
  const guid = text.trim().toLowerCase();
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(guid) ? guid : undefined;
}

/** A KLADR code of a settlement: 13 digits SSRRRGGGPPPAA; 11 digits are taken as those of an actual object. */
export function parseKladr(text: string): string | undefined {
  const kladr = text.trim();
  if (/^\d{13}$/.test(kladr)) return kladr;
  return /^\d{11}$/.test(kladr) ? `${kladr}00` : undefined;
}

/** A KLADR code at city level (SSRRRGGG00000 with GGG other than 000). */
export function isCityKladr(kladr: string): boolean {
  return /^\d{5}(?!000)\d{3}0{5}$/.test(kladr);
}

/** A number that names something: CDEK's city and region codes, FIAS levels. Leading zeros go. */
export function parseDigits(text: string): string | undefined {
  const digits = text.trim();
  return /^\d{1,12}$/.test(digits) ? digits.replace(/^0+(?=\d)/, '') : undefined;
}

/** A Russian postcode: six digits. */
export function parsePostcode(text: string): string | undefined {
  const postcode = text.trim();
  return /^\d{6}$/.test(postcode) ? postcode : undefined;
}

/** A finite number within the bounds, in plain decimal notation with a dot. */
export function parseNumber(text: string, least: number, most: number): number | undefined {
  const trimmed = text.trim();
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(trimmed)) return undefined;
  const number = Number(trimmed);
  return number >= least && number <= most ? number : undefined;
}
