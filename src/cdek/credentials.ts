import { type CredentialEnvironment, type CredentialFiles, readCredential, readPair } from './credential-sources.ts';

/** What API v2 knows a shop by. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The developer key of detect-city. Throws as `readCredential`. */
export async function readDeveloperKey(
  files: Pick<CredentialFiles, 'developerKeyFile'>,
  env: CredentialEnvironment,
): Promise<string | undefined> {
  return (await readCredential('developerKey', files, env))?.value;
}

/** The OAuth client of API v2; undefined where neither half is set. Throws as `readPair`. */
export async function readClient(
  files: Pick<CredentialFiles, 'clientIdFile' | 'clientSecretFile'>,
  env: CredentialEnvironment,
): Promise<ClientCredentials | undefined> {
  const pair = await readPair(['clientId', 'clientSecret'], files, env);
  return pair === undefined ? undefined : { clientId: pair[0].value, clientSecret: pair[1].value };
}
