import type { QueryDefaults } from '../address/cells.ts';
import type { JudgementRules } from '../address/verdict.ts';
import type { Detector } from '../detector/detector.ts';
import type { Language } from '../languages.ts';
import type { Keyring } from './keys.ts';
import type { LogStream } from './log-stream.ts';
import type { Metrics } from './metrics.ts';
import type { Traffic } from './traffic.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** The bounds within which a server works. */
export interface ServerSettings {
  /** The language of those who want none in particular. */
  readonly language: Language;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** How long a client waits for the upstream's answer to one question. */
  readonly answerWithinMs: number;
  /** Connections, and requests under way, at one time. */
  readonly maxConnections: number;
  /** Batches and CSV files at one time. */
  readonly maxStreams: number;
  /** Questions of one batch or CSV file that are open at one time. */
  readonly maxOpenQuestions: number;
}

/** What the routes of a server work with. */
export interface ServerParts {
  readonly detector: Detector;
  /** Whether the detector answers a question always alike, so that its answers may be remembered. */
  readonly isUnchanging: boolean;
  readonly rules: JudgementRules;
  readonly defaults: QueryDefaults;
  readonly keys: Keyring;
  /** Whether keys have limits of their own. */
  readonly limited: boolean;
  readonly metrics: Metrics;
  readonly traffic: Traffic;
  readonly log: LogStream;
  readonly settings: ServerSettings;
  /** gorod's version, for the document of the API. */
  readonly version: string;
}
