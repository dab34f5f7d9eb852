import type { Authorised } from '../cdek/authorised.ts';
import type { LocationsOptions } from '../cdek/locations.ts';
import type { Upstream } from '../detector/upstream.ts';
import type { V2Plan } from './plan.ts';
import type { Api } from './upstream.ts';

/** CDEK's API v2, asked as an OAuth client: each host gives the tokens for itself. `open` opens what is asked there. */
export function apiV2<Question, Answer>(
  { endpoints, authorities, client }: V2Plan,
  open: (line: LocationsOptions) => Promise<Upstream<Authorised<Question>, Answer>>,
): Api<Question, Answer> {
  return {
    endpoints,
    authorities,
    connect: async ({ url: base, timeoutMs, agents, paced, pacedBesides }) => {
      const [{ tokenUpstream }, { sharedTokens }, { authorised }] = await Promise.all([
        import('../cdek/oauth.ts'),
        import('../cdek/tokens.ts'),
        import('../cdek/authorised.ts'),
      ]);
      const line = { base, timeoutMs, agents };
      const token = pacedBesides(tokenUpstream({ ...line, client }));
      const tokens = sharedTokens((signal) => token.ask('token', signal));
      // The token comes first: a start that the rate grants must be used at once.
      return authorised(paced(await open(line)), tokens);
    },
  };
}
