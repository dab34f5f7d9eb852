import { md5 } from './md5.ts';

/**
 * The `secure` that goes with an account for one day: md5 of date, "&" and secure password, as hexadecimal digits.
 * `date` (YYYY-MM-DD) is what the request sends as its own date; any other makes the signature wrong. Source: seed
 * document "CDEK API Reference", Account-Secure.
 */
export function secureOf(date: string, securePassword: string): string {
  return md5(`${date}&${securePassword}`);
}
