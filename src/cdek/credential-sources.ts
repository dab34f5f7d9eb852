import { readFile } from 'node:fs/promises';
import { GorodError } from '../errors.ts';
import { readTrouble } from '../file-trouble.ts';
import { CREDENTIAL_TEXTS } from './texts.ts';

interface Source {
  readonly variable: string;
  /** Names the file that holds it; there is no option for the credential itself. */
  readonly fileOption: string;
}

/** Every credential that gorod can be given: by a variable or in a file, never as an argument. */
export const CREDENTIAL_SOURCES = {
  developerKey: { variable: 'CDEK_DEVELOPER_KEY', fileOption: '--developer-key-file' },
  clientId: { variable: 'CDEK_CLIENT_ID', fileOption: '--client-id-file' },
  clientSecret: { variable: 'CDEK_CLIENT_SECRET', fileOption: '--client-secret-file' },
  account: { variable: 'CDEK_ACCOUNT', fileOption: '--account-file' },
  securePassword: { variable: 'CDEK_SECURE_PASSWORD', fileOption: '--secure-password-file' },
  tokenUser: { variable: 'CDEK_TOKEN_USER', fileOption: '--token-user-file' },
  tokenPassword: { variable: 'CDEK_TOKEN_PASSWORD', fileOption: '--token-password-file' },
} as const satisfies Record<string, Source>;

export type CredentialName = keyof typeof CREDENTIAL_SOURCES;

/** Environment variables by name; an empty one counts as unset. */
export type CredentialEnvironment = Readonly<Record<string, string | undefined>>;

/** The files that options name; the name of an option is that of the credential and "File". */
export type CredentialFiles = { readonly [Name in CredentialName as `${Name}File`]?: string | undefined };

export interface Credential {
  readonly value: string;
  /** The name of the variable or of the file. */
  readonly from: string;
}

/**
 * One credential: from the file that is named, else from its variable; undefined where there is neither. White space
 * around it does not count. Throws GorodError BAD_KEY for a file that cannot be read or is empty.
 */
export async function readCredential(
  name: CredentialName,
  files: CredentialFiles,
  env: CredentialEnvironment,
): Promise<Credential | undefined> {
  const { variable, fileOption } = CREDENTIAL_SOURCES[name];
  const file = files[`${name}File`];
  if (file === undefined) {
    const value = env[variable]?.trim() ?? '';
    return value === '' ? undefined : { value, from: variable };
  }
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new GorodError('BAD_KEY', CREDENTIAL_TEXTS.fileUnreadable(fileOption, file, readTrouble(cause)), { cause });
  });
  if (text.trim() === '') throw new GorodError('BAD_KEY', CREDENTIAL_TEXTS.fileEmpty(fileOption, file));
  return { value: text.trim(), from: file };
}

/**
 * Two credentials that are of use only together: undefined where neither is set. Throws GorodError BAD_KEY where one is
 * missing, naming it.
 */
export async function readPair(
  names: readonly [CredentialName, CredentialName],
  files: CredentialFiles,
  env: CredentialEnvironment,
): Promise<readonly [Credential, Credential] | undefined> {
  const [first, second] = await Promise.all([
    readCredential(names[0], files, env),
    readCredential(names[1], files, env),
  ]);
  if (first !== undefined && second !== undefined) return [first, second];
  const found = first ?? second;
  if (found === undefined) return undefined;
  const { variable, fileOption } = CREDENTIAL_SOURCES[first === undefined ? names[0] : names[1]];
  throw new GorodError('BAD_KEY', CREDENTIAL_TEXTS.halfSet(found.from, variable, fileOption));
}

/** Completes a message about a credential that is missing or refused. */
export function howToGive(name: CredentialName): string {
  const { variable, fileOption } = CREDENTIAL_SOURCES[name];
  return `set ${variable} or ${fileOption}`;
}

/**
 * Throws GorodError BAD_OPTION where a credential is given as an argument: every user of the machine can read those.
 * Its value is not repeated.
 */
export function refuseCredentialArguments(args: readonly string[]): void {
  for (const arg of args) {
    if (arg === '--') return;
    for (const { variable, fileOption } of Object.values(CREDENTIAL_SOURCES)) {
      const option = fileOption.replace(/-file$/, '');
      if (arg !== option && !arg.startsWith(`${option}=`)) continue;
      throw new GorodError(
        'BAD_OPTION',
        `${option}: other users of this machine could read it on the command line. Set ${variable}, or put it into a ` +
          `file that only you may read and name that with ${fileOption}.`,
      );
    }
  }
}
