import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import type { JudgementRules } from '../address/verdict.ts';
import { type Composed, compose, type DetectorConfig, type Plan, planDetector } from '../compose/compose.ts';
import type { OnOverrides } from '../compose/live-overrides.ts';
import type { Values } from '../config/option.ts';
import type { SERVE_OPTIONS } from '../config/serve-options.ts';
import type { AuditCounts } from '../detector/inferred/audit.ts';
import { GorodError } from '../errors.ts';
import { phrase } from '../languages.ts';
import { createApp } from '../server/app.ts';
import { drain } from '../server/drain.ts';
import { openKeyFile, type WatchedKeys } from '../server/key-file.ts';
import { anyKey } from '../server/keys.ts';
import { type LogStream, logStream } from '../server/log-stream.ts';
import { createMetrics } from '../server/metrics.ts';
import { createTraffic, type Traffic } from '../server/traffic.ts';
import { gorodVersion } from '../version.ts';
import { judgementRules } from './judgement-rules.ts';
import { printable, type Terminal } from './terminal.ts';

export type ServeConfig = DetectorConfig & Values<typeof SERVE_OPTIONS>;

/** The hosts that only this machine reaches. */
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Answers that a server with `--no-cache` keeps; each takes about 2 KB. */
const KEPT_IN_MEMORY = 10_000;

/** Exit code of a server that had to cut requests off. */
const SOME_CUT_OFF = 1;

/** Serves until the process is told to end, then lets what is under way end. Throws GorodError. */
export async function serveUntilStopped(config: ServeConfig, terminal: Terminal): Promise<void> {
  if (config.keys === undefined && !LOOPBACK.has(config.host)) {
    throw new GorodError(
      'BAD_OPTION',
      `--host: ${config.host} may be reached by others, so that --keys has to name a file of developer keys ` +
        '(gorod auth new-key NAME --keys FILE makes one).',
    );
  }
  const log = logStream(terminal.stderr);
  const rules = await judgementRules(config);
  const plan = await planDetector(config, terminal.env);
  const stop = new AbortController();
  // Told to the log of the app, which stands on the detector.
  const learnt: { tell?: OnOverrides } = {};
  const onOverrides: OnOverrides = (news) => learnt.tell?.(news);
  const late: LateLog = {};
  const frame = {
    startedAt: Date.now,
    stop: stop.signal,
    answersFile: undefined,
    keepInMemory: KEPT_IN_MEMORY,
    onOverrides,
    inference: {
      onSwitchedOff: ({ audited, differing }: AuditCounts) =>
        late.warn?.({ audited, differing }, 'too many inferred answers differ from the API: nothing more is inferred'),
    },
  };
  const composed = await compose(plan, config, terminal.env, frame);
  try {
    await serve({ config, terminal, plan, composed, rules, log, learnt, late });
  } finally {
    stop.abort(new Error('the server is stopping'));
    await composed.close(0);
    log.flush();
  }
}

/** What the detector tells before and after the server's own log is there. */
interface LateLog {
  warn?: (fields: Readonly<Record<string, unknown>>, text: string) => void;
}

interface Opened {
  readonly config: ServeConfig;
  readonly terminal: Terminal;
  readonly plan: Plan;
  readonly composed: Composed;
  readonly rules: JudgementRules;
  readonly log: LogStream;
  /** Where to be told when what people have settled has changed. */
  readonly learnt: { tell?: OnOverrides };
  readonly late: LateLog;
}

async function serve(opened: Opened): Promise<void> {
  const { config, terminal, composed } = opened;
  const traffic = createTraffic(config.maxStreams);
  let app: FastifyInstance | undefined;
  const events = {
    onReload: (keys: number) => app?.log.info({ keys }, 'the key file was read again'),
    onError: (error: string) => app?.log.error({ error }, 'the key file cannot be used; the keys before it stay'),
  };
  using keys = config.keys === undefined ? undefined : await openKeyFile(config.keys, events);
  app = await openApp(opened, traffic, keys);
  const { log } = app;
  opened.learnt.tell = (news) => {
    if ('error' in news)
      log.error({ error: news.error.message }, 'what is learnt cannot be read; that from before stays');
    else log.info({ overrides: news.overrides }, 'what is learnt was read again');
  };
  opened.late.warn = (fields, text) => log.warn(fields, text);
  for (const { en } of composed.warnings) app.log.warn(en);
  if (keys?.count() === 0) app.log.warn('the key file holds no key: nobody can ask');
  const url = await listen(app, config);
  app.log.info({ url, detector: opened.plan.described.en, version: gorodVersion() }, 'listening');
  terminal.stdout.write(printable(`gorod: ${url}, ${opened.plan.described.en}; ${whoMayAsk(config)}\n`));
  if (!terminal.signal.aborted) await once(terminal.signal, 'abort');
  app.log.info({ open: traffic.open() }, 'stopping');
  const cutOff = await drain(app, traffic, config.drain * 1000);
  if (cutOff === 0) return;
  app.log.error({ requests: cutOff }, `cut off after --drain ${config.drain} s`);
  terminal.exit(SOME_CUT_OFF);
}

function openApp({ config, composed, rules, log, plan }: Opened, traffic: Traffic, keys: WatchedKeys | undefined) {
  const metrics = createMetrics(composed.meter, () => traffic.open());
  return createApp({
    detector: composed.detector,
    isUnchanging: plan.kind === 'local',
    rules,
    defaults: { country: config.country, fiasOnly: config.fiasOnly, isSettled: composed.detector.isSettled },
    keys: keys ?? anyKey,
    limited: keys !== undefined,
    metrics,
    traffic,
    log,
    settings: {
      language: config.lang,
      logLevel: config.logLevel,
      answerWithinMs: config.answerWithin * 1000,
      maxConnections: config.maxConnections,
      maxStreams: config.maxStreams,
      maxOpenQuestions: Math.max(64, 4 * config.concurrency),
    },
    version: gorodVersion(),
  });
}

const PORT_TAKEN = phrase({
  en: (port: number) => `--port: another program listens on ${port} already; give another --port, such as ${port + 1}.`,
  zh: (port) => `--port：端口 ${port} 已被其他程序占用；请换用其他 --port，例如 ${port + 1}。`,
  ru: (port) => `--port: порт ${port} уже занят другой программой; задайте другой --port, например ${port + 1}.`,
});

async function listen(app: FastifyInstance, { host, port }: ServeConfig): Promise<string> {
  const { level } = app.log;
  // Fastify would log the address, too, without who answers there.
  app.log.level = 'silent';
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
    if (code === 'EADDRINUSE') throw new GorodError('BAD_OPTION', PORT_TAKEN(port), { cause });
    const option = code === 'EACCES' ? `--port: ${port}` : `--host: ${host}`;
    throw new GorodError('BAD_OPTION', `${option} cannot be listened on (${code}).`, { cause });
  } finally {
    app.log.level = level;
  }
}

function whoMayAsk({ keys, host }: ServeConfig): string {
  if (keys !== undefined) return `developer keys of ${keys}`;
  return `no --keys: any developer key is accepted, from this machine only (${host})`;
}
