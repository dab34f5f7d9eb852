import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { GorodError } from '../errors.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The certificate authorities that Node trusts and those of a PEM file, as PEM. Throws GorodError BAD_OPTION where the
 * file cannot be read or holds none.
 */
export async function loadAuthorities(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'latin1').catch((cause: unknown) => {
    throw new GorodError('BAD_OPTION', `--ca: cannot read ${file}.`, { cause });
  });
  const added = text.match(CERTIFICATE) ?? [];
  if (added.length === 0 || !added.every(isCertificate)) {
    throw new GorodError('BAD_OPTION', `--ca: ${file} holds no certificate in PEM form, or a damaged one.`);
  }
  return [...rootCertificates, ...added];
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}
