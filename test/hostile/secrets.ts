import { createHash } from 'node:crypto';
import { SEED_TOKEN } from '../support/scripted-token.ts';

/** One of every kind of credential; no two share a part that another text could hold. */
export const SECRETS = {
  CDEK_DEVELOPER_KEY: 'secret-key-4711',
  CDEK_CLIENT_ID: 'client-id-hYq2Wv',
  CDEK_CLIENT_SECRET: 'client-secret-Zk81Bn',
  CDEK_ACCOUNT: 'account-Tr55Lm',
  CDEK_SECURE_PASSWORD: 'secure-password-Pw93Xd',
  CDEK_TOKEN_USER: 'token-user-Gh07Sa',
  CDEK_TOKEN_PASSWORD: 'token-password-Uj64Ce',
} as const;

/** What the scripted servers give to those who have the credentials; every OAuth token has this part. */
const TOKENS = { OAUTH_TOKEN: 'eyJhbGciOiJ', TOKEN: SEED_TOKEN } as const;

/** The forms in which a secret could stand somewhere. */
const FORMS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => createHash('md5').update(secret).digest('hex'),
  (secret) => createHash('md5').update(secret).digest('base64').replace(/=+$/, ''),
  (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  (secret) => Buffer.from(secret).toString('hex'),
  (secret) => Buffer.from(secret, 'latin1').toString('utf16le'),
];

/** The secrets, by name, that a text holds in any form; `except` names those that it may hold. */
export function secretsIn(text: string, except: readonly string[] = []): readonly string[] {
  return Object.entries({ ...SECRETS, ...TOKENS })
    .filter(([name]) => !except.includes(name))
    .filter(([, secret]) => FORMS.some((form) => text.includes(form(secret))))
    .map(([name]) => name);
}
