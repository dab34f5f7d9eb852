import type { Override } from '../address/override.ts';
import type { AnswerCache } from '../cache/cache.ts';
import type { PostcodeCache } from '../cache/postcode-cache.ts';
import type { Sharing } from '../cache/sharing.ts';
import type { Together } from '../cache/together.ts';
import type { Detector } from '../detector/detector.ts';
import type { InferredOptions } from '../detector/inferred.ts';
import type { Texts } from '../languages.ts';
import type { OnOverrides } from './live-overrides.ts';

/** What was asked over the network, counted while a job runs. */
export interface Meter {
  /** Questions that went out, retries included. */
  requests: number;
  retries: number;
  /** Requests that brought no answer. */
  failures: number;
  /** What requests waited for the rate, all together, in milliseconds. */
  waitedMs: number;
  /** What `--rate auto` has found, in requests a second. */
  foundRate?: number;
}

/** A meter at its beginning. */
export function emptyMeter(): Meter {
  return { requests: 0, retries: 0, failures: 0, waitedMs: 0 };
}

/** Adds what one part of a command has asked to what the whole has. */
export function addMeter(total: Meter, part: Readonly<Meter>): void {
  for (const name of ['requests', 'retries', 'failures', 'waitedMs'] as const) total[name] += part[name];
  if (part.foundRate !== undefined) total.foundRate = part.foundRate;
}

/** What a detector needs to know of the job it works for. */
export interface JobFrame {
  /** When the job began, in milliseconds since 1970; a server, where every call is a job, gives its clock. */
  readonly startedAt: number | (() => number);
  /** Nothing new is asked once it aborts; what is in flight goes on. */
  readonly stop: AbortSignal;
  /** Where `--no-cache` keeps the job's own answers; undefined for memory. */
  readonly answersFile: string | undefined;
  /** How many answers are kept where that is memory; absent: all, as a job needs them. */
  readonly keepInMemory?: number;
  /** Told once, when the first question has to be asked over the network. */
  readonly onAsking?: () => void;
  /** Told when an endpoint is left alone because it fails nearly always, and when it answers again. */
  readonly onHealth?: (health: EndpointHealth) => void;
  /** A cache that is open already; then the options open none. */
  readonly opened?: OpenedAnswers;
  /** Told when what people have settled was read again; only where `startedAt` is a clock. */
  readonly onOverrides?: OnOverrides;
  /** Whether what people have settled is left aside, and nothing is inferred, as for learning it. */
  readonly withoutOverrides?: boolean;
  /** What people have settled, where it was read already; absent: it is read from the cache file. */
  readonly overrides?: readonly Override[];
  /** With `--infer`: what the job's audits showed before, and who is told when nothing is inferred any more. */
  readonly inference?: Pick<InferredOptions, 'auditedBefore' | 'startsOff' | 'onSwitchedOff'>;
}

/** How an endpoint is found to be. */
export interface EndpointHealth {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly isUp: boolean;
  /** Why it is not, without key or address. */
  readonly reason?: string;
}

/** A cache of answers with what belongs to it. */
export interface OpenedAnswers {
  /** Closed with the detector. */
  readonly cache: AnswerCache;
  readonly postcodes: PostcodeCache;
  /** Undefined where no other run has the same cache. */
  readonly sharing: Sharing | undefined;
  /** For what is written to any of them; undefined where a transaction costs nothing. */
  readonly together?: Together;
  readonly warnings: readonly Texts[];
}

/** A ready detector with all that it stands on. */
export interface Composed {
  readonly detector: Detector;
  /** What detect-city has answered so far, to learn from; undefined where another detector answers. */
  readonly answers?: Pick<AnswerCache, 'getStarting'>;
  readonly meter: Readonly<Meter>;
  /** What the user should know before the first answer, e.g. that a damaged cache was set aside. */
  readonly warnings: readonly Texts[];
  /** Gives requests in flight so many milliseconds to bring their answers, then lets go of everything. */
  close(graceMs: number): Promise<void>;
}
