import type { ServerResponse } from 'node:http';
import { REFUSALS } from './refusals.ts';

/** What is under way in the server, and whether it still takes on more. */
export interface Traffic {
  /** Requests that have no complete response yet. */
  open(): number;
  isDraining(): boolean;
  /** Counts a request until its response is closed, whether it was sent or not. */
  track(response: ServerResponse): void;
  /** Takes one of the places for long streams, until the response is closed; false where there is none. */
  takeStream(response: ServerResponse): boolean;
  /**
   * Cuts the connections whose JSON body has not arrived after so many milliseconds: it is held until it is complete.
   * Streams may take as long as they like, as long as something moves.
   */
  cutLate(withinMs: number): void;
  /** From now on nothing more is taken on. */
  drain(): void;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
  /** Ends every wait for an answer that is still under way. */
  cutOff(): void;
  /**
   * A signal for one wait: aborts when the client is gone, after `withinMs`, or at `cutOff`. `release` lets go of all
   * that; it has to be called.
   */
  wait(response: ServerResponse, withinMs?: number): Wait;
}

export interface Wait {
  readonly signal: AbortSignal;
  /** Whether it was the client that ended it. */
  isClientGone(): boolean;
  release(): void;
}

/** `maxStreams` batches and files may be under way at one time. */
export function createTraffic(maxStreams: number): Traffic {
  const waits = new Set<AbortController>();
  const open = new Map<ServerResponse, number>();
  let streams = 0;
  let draining = false;
  let wakeIdle: () => void = () => {};

  function end(this: ServerResponse): void {
    open.delete(this);
    if (open.size === 0) wakeIdle();
  }

  return {
    open: () => open.size,
    isDraining: () => draining,
    track(response) {
      open.set(response, performance.now());
      response.once('close', end);
    },
    takeStream(response) {
      if (streams >= maxStreams) return false;
      streams += 1;
      response.once('close', () => {
        streams -= 1;
      });
      return true;
    },
    cutLate(withinMs) {
      const latest = performance.now() - withinMs;
      for (const [{ req: request }, startedAt] of open) {
        if (startedAt > latest) return;
        if (!request.complete && request.headers['content-type']?.startsWith('application/json')) request.destroy();
      }
    },
    drain() {
      draining = true;
      // Who gets an answer now should not ask again on the same connection.
      for (const response of open.keys()) if (!response.headersSent) response.setHeader('connection', 'close');
    },
    idle: () =>
      new Promise((resolve) => {
        wakeIdle = resolve;
        if (open.size === 0) resolve();
      }),
    cutOff() {
      for (const wait of waits)
        wait.abort(Object.assign(new Error('the server is stopping'), { refusal: REFUSALS.draining }));
    },
    wait(response, withinMs) {
      const controller = new AbortController();
      let clientGone = response.destroyed;
      const leave = () => {
        clientGone = true;
        controller.abort(new Error('the client is gone'));
      };
      if (clientGone) leave();
      response.once('close', leave);
      const late = () => controller.abort(new Error('no answer in time'));
      const timer = withinMs === undefined ? undefined : setTimeout(late, withinMs);
      waits.add(controller);
      return {
        signal: controller.signal,
        isClientGone: () => clientGone,
        release() {
          clearTimeout(timer);
          response.off('close', leave);
          waits.delete(controller);
        },
      };
    },
  };
}
