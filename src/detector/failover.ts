import { type Upstream, UpstreamDown, UpstreamFailure } from './upstream.ts';

export interface FailoverOptions {
  /** The rest after a first failure, in milliseconds; doubled with each further one. */
  readonly firstRestMs?: number;
  readonly longestRestMs?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** What is remembered of an endpoint. */
interface Health {
  /** The length of the last rest; 0 for an endpoint that is well. */
  restMs: number;
  restUntil: number;
  /** Whether a question finds out just now if it is well again. */
  probing: boolean;
  answeredAt: number;
}

/**
 * Several endpoints of the same API as one. A question goes to the first, in the order given, that is well, and to the
 * next when that one fails it; each endpoint is asked once at most. An endpoint that failed rests, so that a dead one is
 * waited for once and not for every row; after its rest one question tries it while the others go on elsewhere, and
 * with an answer it is well. Where all rest, the one whose rest ends first is asked. Equal questions keep one key, since
 * the origin is always the first one's. Rejects with UpstreamDown where every endpoint is down, and says when the first
 * of them may be probed; else with the failure of the endpoint that was asked last.
 */
export function failover<Question, Answer>(
  upstreams: readonly [Upstream<Question, Answer>, ...Upstream<Question, Answer>[]],
  options: FailoverOptions = {},
): Upstream<Question, Answer> {
  const { firstRestMs = 5000, longestRestMs = 60_000, now = () => performance.now() } = options;
  const endpoints = upstreams.map((upstream) => ({ upstream, health: unknownHealth() }));
  type Endpoint = (typeof endpoints)[number];

  const isReady = ({ health }: Endpoint) => health.restMs === 0 || (!health.probing && health.restUntil <= now());

  function choose(untried: ReadonlySet<Endpoint>): Endpoint | undefined {
    const left = [...untried];
    return left.find(isReady) ?? left.sort((a, b) => a.health.restUntil - b.health.restUntil)[0];
  }

  function rest(health: Health, failure: UpstreamFailure): void {
    health.restMs = health.restMs === 0 ? firstRestMs : Math.min(2 * health.restMs, longestRestMs);
    const stated = failure instanceof UpstreamDown ? failure.probeInMs : (failure.retryAfterMs ?? 0);
    health.restUntil = now() + Math.max(health.restMs, stated);
  }

  /** The answer, or the failure that lets the question go on to the next endpoint. */
  async function attempt({ upstream, health }: Endpoint, question: Question, signal: AbortSignal | undefined) {
    const begunAt = now();
    const isProbe = health.restMs > 0 && health.restUntil <= begunAt && !health.probing;
    if (isProbe) health.probing = true;
    try {
      const answer = await upstream.ask(question, signal);
      health.restMs = 0;
      health.answeredAt = now();
      return { answer };
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      // Questions that were under way together fail together: one of them sends it to rest. And where others were
      // answered meanwhile, the question is to blame.
      const isNews = isProbe || health.restMs === 0;
      const isOthersToo = error instanceof UpstreamDown || health.answeredAt <= begunAt;
      if (isNews && isOthersToo) rest(health, error);
      return { failure: error };
    } finally {
      if (isProbe) health.probing = false;
    }
  }

  return {
    origin: upstreams[0].origin,
    async ask(question, signal) {
      const untried = new Set(endpoints);
      const failures: UpstreamFailure[] = [];
      for (let endpoint = choose(untried); endpoint !== undefined; endpoint = choose(untried)) {
        untried.delete(endpoint);
        const end = await attempt(endpoint, question, signal);
        if ('answer' in end) return end.answer;
        failures.push(end.failure);
      }
      throw gravest(failures);
    },
  };
}

function unknownHealth(): Health {
  return { restMs: 0, restUntil: 0, probing: false, answeredAt: Number.NEGATIVE_INFINITY };
}

/** An endpoint that is not down has had its say: only where all are down is there a sense in waiting. */
function gravest(failures: readonly UpstreamFailure[]): UpstreamFailure {
  const downs = failures.filter((failure) => failure instanceof UpstreamDown);
  if (downs.length === failures.length && downs.length > 0) {
    return downs.reduce((a, b) => (b.probeInMs < a.probeInMs ? b : a));
  }
  return failures.findLast((failure) => !(failure instanceof UpstreamDown)) ?? new UpstreamFailure('no endpoint');
}
