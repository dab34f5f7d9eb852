import { type Upstream, UpstreamFailure } from './upstream.ts';

/**
 * Several endpoints of the same API as one: a question goes to the next when one cannot answer it, and the endpoint
 * that answered last is asked first, so that a dead one is waited for once and not for every row. Equal questions keep
 * one key, since the origin is always the first one's. Rejects with the failure of the endpoint that was tried last.
 */
export function failover<Question, Answer>(
  upstreams: readonly [Upstream<Question, Answer>, ...Upstream<Question, Answer>[]],
): Upstream<Question, Answer> {
  let preferred = 0;
  return {
    origin: upstreams[0].origin,
    async ask(question, signal) {
      const first = preferred;
      let failure: UpstreamFailure | undefined;
      for (let turn = 0; turn < upstreams.length; turn += 1) {
        const index = (first + turn) % upstreams.length;
        const upstream = upstreams[index] ?? upstreams[0];
        try {
          const answer = await upstream.ask(question, signal);
          preferred = index;
          return answer;
        } catch (error) {
          if (!(error instanceof UpstreamFailure)) throw error;
          failure = error;
        }
      }
      throw failure ?? new UpstreamFailure('no endpoint');
    },
  };
}
