import { until } from '../detector/until.ts';
import type { Token } from './oauth.ts';

/** The token in force at one host, the same for all who ask there. */
export interface Tokens {
  /** A token that is good for a while yet; where there is none, one request for all who wait. */
  current(signal?: AbortSignal): Promise<string>;
  /** Has a token forgotten that the host did not take; one that was replaced meanwhile is passed over. */
  forget(token: string): void;
}

export interface TokensOptions {
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** A token is renewed when this share of its life is left, but no earlier than this long before its end. */
const MARGIN = { share: 0.1, mostMs: 60_000 };

/** A request for a token, and who waits for it. */
interface Renewal {
  readonly token: Promise<string>;
  readonly abort: AbortController;
  waiting: number;
}

/** Tokens that are fetched when they are needed. A failed fetch fails everyone who waits for it, and is forgotten. */
export function sharedTokens(
  fetch: (signal: AbortSignal) => Promise<Token>,
  { now = () => performance.now() }: TokensOptions = {},
): Tokens {
  let held: { readonly value: string; readonly until: number } | undefined;
  let renewal: Renewal | undefined;

  function renew(): Renewal {
    const abort = new AbortController();
    const asked = now();
    const token = fetch(abort.signal).then(({ value, lifetimeMs }) => {
      if (renewal === begun) {
        const marginMs = Math.min(lifetimeMs * MARGIN.share, MARGIN.mostMs);
        held = { value, until: asked + lifetimeMs - marginMs };
      }
      return value;
    });
    const begun: Renewal = { token, abort, waiting: 0 };
    const end = () => {
      if (renewal === begun) renewal = undefined;
    };
    token.then(end, end);
    renewal = begun;
    return begun;
  }

  return {
    async current(signal) {
      signal?.throwIfAborted();
      if (held !== undefined && now() < held.until) return held.value;
      const joined = renewal ?? renew();
      joined.waiting += 1;
      try {
        return await until(joined.token, signal);
      } finally {
        joined.waiting -= 1;
        // Nobody is left who wants it: it must not keep the process alive.
        if (joined.waiting === 0) {
          if (renewal === joined) renewal = undefined;
          joined.abort.abort();
        }
      }
    },
    forget(token) {
      if (held?.value === token) held = undefined;
    },
  };
}
