import { type Upstream, UpstreamDown, UpstreamFailure } from './upstream.ts';

export interface BreakerOptions {
  /** So many of the last requests are looked at. */
  readonly requests?: number;
  /** The share of them, from 0 to 1, that must have failed. */
  readonly failedShare?: number;
  /** For how long, at the least, it must have been so, in milliseconds. */
  readonly overMs?: number;
  /** The pause between two probes, in milliseconds. */
  readonly probeEveryMs?: number;
  /** Told when it is found to fail nearly always, with the last reason, and when it answers again. */
  readonly onDown?: (reason: string) => void;
  readonly onUp?: () => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

interface Outcome {
  readonly at: number;
  readonly failed: boolean;
}

/**
 * Wraps an upstream so that one that fails nearly always is left alone: from then on a question is turned away with
 * UpstreamDown without a request, but for one probe now and then, until a probe is answered. A request that fails while
 * it is left alone ends with UpstreamDown too, so that nobody's question is used up by it.
 */
export function breaker<Question, Answer>(
  upstream: Upstream<Question, Answer>,
  options: BreakerOptions = {},
): Upstream<Question, Answer> {
  const { requests = 50, failedShare = 0.9, overMs = 5000, probeEveryMs = 2000 } = options;
  const { onDown = () => {}, onUp = () => {}, now = () => performance.now() } = options;
  /** The last outcomes, oldest first. */
  let outcomes: Outcome[] = [];
  let failingSince: number | undefined;
  /** Set while it is left alone. */
  let down: { readonly reason: string; probing: boolean; nextProbe: number } | undefined;

  function record(failed: boolean): void {
    outcomes.push({ at: now(), failed });
    if (outcomes.length > requests) outcomes.shift();
    const failures = outcomes.filter((outcome) => outcome.failed).length;
    const failing = outcomes.length === requests && failures >= failedShare * requests;
    failingSince = failing ? (failingSince ?? outcomes[0]?.at) : undefined;
  }

  function open(reason: string): void {
    outcomes = [];
    failingSince = undefined;
    down = { reason, probing: false, nextProbe: now() + probeEveryMs };
    onDown(reason);
  }

  async function attempt(question: Question, signal: AbortSignal | undefined): Promise<Answer> {
    try {
      const answer = await upstream.ask(question, signal);
      if (down === undefined) record(false);
      return answer;
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      if (down === undefined) record(true);
      if (failingSince !== undefined && now() - failingSince >= overMs) open(error.message);
      if (down === undefined) throw error;
      throw new UpstreamDown(error.message, probeEveryMs, { status: error.status, retryAfterMs: error.retryAfterMs });
    }
  }

  async function probe(question: Question, signal: AbortSignal | undefined): Promise<Answer> {
    const episode = down;
    if (episode === undefined) return attempt(question, signal);
    episode.probing = true;
    try {
      const answer = await attempt(question, signal);
      // A probe of an earlier time of trouble says nothing new.
      if (down === episode) {
        down = undefined;
        onUp();
      }
      return answer;
    } finally {
      episode.probing = false;
      episode.nextProbe = now() + probeEveryMs;
    }
  }

  return {
    origin: upstream.origin,
    async ask(question, signal) {
      if (down === undefined) return attempt(question, signal);
      const waitMs = down.probing ? probeEveryMs : down.nextProbe - now();
      if (waitMs > 0) throw new UpstreamDown(down.reason, waitMs);
      return probe(question, signal);
    },
  };
}
