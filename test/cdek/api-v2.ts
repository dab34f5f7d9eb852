import { directAgents } from '../../src/cdek/agents.ts';
import { authorised } from '../../src/cdek/authorised.ts';
import { citiesUpstream } from '../../src/cdek/locations.ts';
import { tokenUpstream } from '../../src/cdek/oauth.ts';
import { sharedTokens } from '../../src/cdek/tokens.ts';
import { CLIENT_ID, CLIENT_SECRET } from '../support/scripted-v2.ts';

/** API v2 as a client asks it, without rate and retries. */
export function openV2(base: string, client = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }, timeoutMs = 5000) {
  const line = { base, timeoutMs, agents: directAgents() };
  const token = tokenUpstream({ ...line, client });
  return authorised(
    citiesUpstream(line),
    sharedTokens((signal) => token.ask('token', signal)),
  );
}
