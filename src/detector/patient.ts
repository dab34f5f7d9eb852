import { setTimeout as delay } from 'node:timers/promises';
import { jointWith } from './joint-signal.ts';
import { type Upstream, UpstreamDown, UpstreamFailure } from './upstream.ts';

export interface PatienceOptions {
  /** How long questions wait for an upstream that is down, counted from when it was found so, in milliseconds. */
  readonly maxWaitMs: number;
  /** With `ref` false it does not keep the process alive. */
  readonly sleep?: (ms: number, signal: AbortSignal, ref: boolean) => Promise<unknown>;
}

/** A stretch of time in which the upstream is down. */
interface Outage {
  readonly reason: string;
  readonly over: AbortController;
  patienceLost: boolean;
}

/**
 * Wraps an upstream so that questions wait while it is down, and are asked when it is up again. When it has been down
 * for too long, all that wait are given up at once, and so is every further one that is not used as a probe: they
 * reject with UpstreamFailure.
 */
export function patient<Question, Answer>(
  upstream: Upstream<Question, Answer>,
  options: PatienceOptions,
): Upstream<Question, Answer> {
  const { maxWaitMs, sleep = (ms, signal, ref) => delay(ms, undefined, { signal, ref }) } = options;
  const impatience = new Error('patience lost');
  let patience = newPatience();
  let outage: Outage | undefined;

  function begin(reason: string): Outage {
    const begun: Outage = { reason, over: new AbortController(), patienceLost: false };
    const giveUp = () => {
      begun.patienceLost = true;
      const lost = patience;
      patience = newPatience();
      lost.controller.abort(impatience);
    };
    // Those who wait keep the process alive; without them there is nothing to give up.
    sleep(maxWaitMs, begun.over.signal, false).then(giveUp, () => {});
    return begun;
  }

  function end(): void {
    outage?.over.abort();
    outage = undefined;
  }

  async function persist(asked: Question, signal: AbortSignal): Promise<Answer> {
    for (;;) {
      try {
        const answer = await upstream.ask(asked, signal);
        end();
        return answer;
      } catch (error) {
        if (!(error instanceof UpstreamDown)) throw error;
        outage ??= begin(error.message);
        if (outage.patienceLost) throw impatience;
        await sleep(error.probeInMs, signal, true).catch(() => signal.throwIfAborted());
      }
    }
  }

  return {
    origin: upstream.origin,
    async ask(asked, signal) {
      signal?.throwIfAborted();
      const { controller, underEither } = patience;
      try {
        if (signal === undefined) return await persist(asked, controller.signal);
        return await underEither(signal, (either) => persist(asked, either));
      } catch (error) {
        if (error !== impatience) throw error;
        throw new UpstreamFailure(`${outage?.reason ?? 'no answer'}; down for more than ${maxWaitMs / 1000} s`);
      }
    },
  };
}

/** What ends all questions at one time; those that come later get a new one. */
function newPatience() {
  const controller = new AbortController();
  return { controller, underEither: jointWith(controller.signal) };
}
