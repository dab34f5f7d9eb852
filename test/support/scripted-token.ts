import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The token of the seed document's example. */
export const SEED_TOKEN = '16c8ead608de41299636aa28a38aae87';

/** A real server that speaks the token request of the old API, for one user. */
export interface ScriptedToken extends AsyncDisposable {
  readonly origin: string;
  /** The full URL of the request. */
  readonly url: string;
  readonly requests: readonly { readonly body: unknown; readonly headers: IncomingHttpHeaders }[];
}

export interface ScriptedTokenOptions {
  readonly user: string;
  readonly password: string;
  /** In place of what the service would say. */
  readonly reply?: (body: string) => { readonly status: number; readonly body: string };
}

/** Starts one on a free port of the loopback. */
export async function startScriptedToken({ user, password, reply }: ScriptedTokenOptions): Promise<ScriptedToken> {
  const requests: { body: unknown; headers: IncomingHttpHeaders }[] = [];
  const hashedPass = createHash('md5').update(password).digest('hex');
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const body: { user?: unknown; hashedPass?: unknown } = JSON.parse(text);
    requests.push({ body, headers: request.headers });
    const isKnown = request.url === PATH && body.user === user && body.hashedPass === hashedPass;
    const said = reply?.(text) ?? { status: isKnown ? 200 : 401, body: JSON.stringify(isKnown ? GIVEN : REFUSED) };
    response.writeHead(said.status, { 'content-type': 'application/json;charset=UTF-8' }).end(said.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}${PATH}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const PATH = '/api/tokenauth/authorize';
const GIVEN = { token: SEED_TOKEN };
const REFUSED = {
  alerts: [{ type: 'danger', msg: 'Неверное имя пользователя или пароль.', errorCode: 'auth_failed' }],
};
