import { readFile } from 'node:fs/promises';
import { GorodError } from '../errors.ts';

/** What API v2 knows a shop by. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Environment variables by name; an empty one counts as unset. */
type Environment = Readonly<Record<string, string | undefined>>;

/** The developer key of detect-city: from the file, else CDEK_DEVELOPER_KEY. Throws GorodError BAD_KEY naming the option. */
export function readDeveloperKey(
  { developerKeyFile }: { readonly developerKeyFile: string | undefined },
  env: Environment,
): Promise<string | undefined> {
  return readCredential('--developer-key-file', developerKeyFile, env.CDEK_DEVELOPER_KEY);
}

/**
 * The OAuth client of API v2: from the files, else CDEK_CLIENT_ID and CDEK_CLIENT_SECRET; undefined where neither half is
 * set. Throws GorodError BAD_KEY where one is, naming the other.
 */
export async function readClient(
  config: { readonly clientIdFile: string | undefined; readonly clientSecretFile: string | undefined },
  env: Environment,
): Promise<ClientCredentials | undefined> {
  const [clientId, clientSecret] = await Promise.all([
    readCredential('--client-id-file', config.clientIdFile, env.CDEK_CLIENT_ID),
    readCredential('--client-secret-file', config.clientSecretFile, env.CDEK_CLIENT_SECRET),
  ]);
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
  if (clientId === undefined && clientSecret === undefined) return undefined;
  throw new GorodError(
    'BAD_KEY',
    clientId === undefined
      ? 'The client secret is set, but its id is not: set CDEK_CLIENT_ID or --client-id-file.'
      : 'The client id is set, but its secret is not: set CDEK_CLIENT_SECRET or --client-secret-file.',
  );
}

async function readCredential(
  option: string,
  file: string | undefined,
  inherited: string | undefined,
): Promise<string | undefined> {
  if (file === undefined) return inherited?.trim() || undefined;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new GorodError('BAD_KEY', `${option}: cannot read ${file}.`, { cause });
  }
  if (text.trim() === '') throw new GorodError('BAD_KEY', `${option}: ${file} is empty.`);
  return text.trim();
}
