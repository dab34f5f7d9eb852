import type { LimitFunction } from 'p-limit';
import type { Leases } from '../cache/leases.ts';
import type { Sharing } from '../cache/sharing.ts';
import type { Together } from '../cache/together.ts';
import type { Agents } from '../cdek/agents.ts';
import type { Environment } from '../config/resolve.ts';
import type { RequestWatch } from '../detector/limited.ts';
import type { Upstream } from '../detector/upstream.ts';
import type { JobFrame, Meter } from './composed.ts';
import type { DetectorConfig } from './plan.ts';

/** Where `--rate auto` begins when nothing is remembered, in requests a second. */
export const FIRST_RATE = 5;

/** How fast and how patiently an API is asked. */
export type PaceConfig = Pick<DetectorConfig, 'rate' | 'timeout' | 'retries' | 'maxWait'>;

export interface UpstreamFrame {
  readonly config: PaceConfig;
  readonly env: Environment;
  /** Nothing new is asked once it aborts. */
  readonly stop: AbortSignal;
  readonly slots: LimitFunction;
  /** What is shared with the other runs on the cache file; undefined where there is none. */
  readonly sharing: Sharing | undefined;
  /** For what is written to the cache file; undefined where there is none. */
  readonly together: Together | undefined;
  readonly meter: Meter;
  readonly onAsking?: JobFrame['onAsking'];
  readonly onHealth?: JobFrame['onHealth'];
}

/** An API that is asked over the network. */
export interface Api<Question, Answer> {
  /** URLs of the same API, in the order in which they are tried. */
  readonly endpoints: readonly [string, ...string[]];
  /** Certificate authorities in place of Node's own, as PEM. */
  readonly authorities: readonly string[] | undefined;
  /** Opens one endpoint: one attempt per question. */
  connect(line: Line): Promise<Upstream<Question, Answer>>;
}

/** What an endpoint is asked over. */
export interface Line {
  readonly url: string;
  readonly agents: Agents;
  /** For a whole attempt, in milliseconds. */
  readonly timeoutMs: number;
  /** Puts the requests that bring answers under the rate; they are counted, and `--rate auto` learns from them. */
  paced<Q, A>(endpoint: Upstream<Q, A>): Upstream<Q, A>;
  /** Puts other requests, such as those for a token, under the same rate. */
  pacedBesides<Q, A>(endpoint: Upstream<Q, A>): Upstream<Q, A>;
}

/**
 * An API with everything that stands between it and a question: patience, retries, slots, failover, and for every
 * endpoint a breaker and the rate. Loaded with the first question that has to be asked.
 */
export async function openUpstream<Question, Answer>(
  api: Api<Question, Answer>,
  frame: UpstreamFrame,
): Promise<Upstream<Question, Answer>> {
  const { config, env, stop, slots, meter, onAsking = () => {}, onHealth = () => {} } = frame;
  onAsking();
  const { openAgents, breaker, failover, limited, slotted, patient, retried, stoppable } = await loadParts();
  const { budget, auto } = await openRate(new URL(api.endpoints[0]).origin, frame);
  const limit = stoppable(auto?.limit ?? budget.rate, stop);
  const besides: RequestWatch = {
    onRequest: (waitedMs) => {
      meter.waitedMs += waitedMs;
    },
    onFailure: () => {
      meter.failures += 1;
    },
  };
  const counted: RequestWatch = {
    ...besides,
    onRequest: (waitedMs) => {
      meter.waitedMs += waitedMs;
      meter.requests += 1;
    },
  };
  const onRetry = () => {
    meter.retries += 1;
  };
  const timeoutMs = config.timeout * 1000;
  const open = async (url: string): Promise<Upstream<Question, Answer>> => {
    const endpoint = await api.connect({
      url,
      agents: await openAgents(url, { env, authorities: api.authorities, timeoutMs }),
      timeoutMs,
      paced: (upstream) => limited(auto?.watch(upstream) ?? upstream, limit, counted),
      pacedBesides: (upstream) => limited(upstream, limit, besides),
    });
    const { origin } = new URL(url);
    return breaker(endpoint, {
      onDown: (reason) => onHealth({ origin, isUp: false, reason }),
      onUp: () => onHealth({ origin, isUp: true }),
    });
  };
  const [first, ...further] = api.endpoints;
  const all = failover([await open(first), ...(await Promise.all(further.map(open)))]);
  // A question has its turn before it chooses among the endpoints, for by then another may be well.
  const { retries } = config;
  const persistent = retried(slotted(all, slots), { retries, limit, onAttempt: budget.onAttempt, onRetry });
  return patient(persistent, { maxWaitMs: config.maxWait * 1000 });
}

/** The rate that a run begins with, in requests a second. */
function firstRate(origin: string, config: PaceConfig, sharing: Sharing | undefined): number {
  return config.rate === 'auto' ? (sharing?.foundRates.recall(origin) ?? FIRST_RATE) : config.rate;
}

/**
 * The leases of a run that tells the others its rate with the first question it wants to ask, also when it only waits
 * for their answer to it.
 */
export function announcedLeases(origin: string, config: PaceConfig, sharing: Sharing): Leases {
  let isAnnounced = false;
  return {
    claim(key) {
      if (!isAnnounced) sharing.startLog(origin).announce(firstRate(origin, config, sharing));
      isAnnounced = true;
      return sharing.leases.claim(key);
    },
    release: (key) => sharing.leases.release(key),
  };
}

async function openRate(origin: string, { config, sharing, together, meter }: UpstreamFrame) {
  const [{ slidingWindow }, { retryBudget }, { autoRate }] = await Promise.all([
    import('../detector/sliding-window.ts'),
    import('../detector/retry-budget.ts'),
    import('../detector/auto-rate.ts'),
  ]);
  const perSecond = firstRate(origin, config, sharing);
  const window = slidingWindow({ perSecond, log: sharing?.startLog(origin), together });
  const budget = retryBudget(window, perSecond);
  if (config.rate !== 'auto') return { budget, auto: undefined };
  meter.foundRate = perSecond;
  const onFound = (found: number) => {
    meter.foundRate = Math.round(found * 10) / 10;
    sharing?.foundRates.remember(origin, meter.foundRate);
  };
  return { budget, auto: autoRate(budget.rate, perSecond, { onFound }) };
}

async function loadParts() {
  const parts = await Promise.all([
    import('../cdek/agents.ts'),
    import('../detector/breaker.ts'),
    import('../detector/failover.ts'),
    import('../detector/limited.ts'),
    import('../detector/patient.ts'),
    import('../detector/retried.ts'),
    import('../detector/stoppable.ts'),
  ]);
  const [agents, breaking, failing, limiting, waiting, retrying, stopping] = parts;
  return { ...agents, ...breaking, ...failing, ...limiting, ...waiting, ...retrying, ...stopping };
}
