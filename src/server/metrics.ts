import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { API_STATUS_CODES } from '../address/detection.ts';
import type { Source } from '../address/outcome.ts';
import { SERVER_STATUS_CODES } from './refusals.ts';

/** What was asked over the network so far; counted by whoever asks. */
export interface UpstreamCounts {
  readonly requests: number;
  readonly retries: number;
  readonly failures: number;
  /** Milliseconds that questions waited for the rate. */
  readonly waitedMs: number;
}

export interface Metrics {
  /** A response is closed. `code` is the body's `status_code`, or '' where it has none. */
  request(route: string, code: string, http: number, seconds: number): void;
  answer(source: Source): void;
  /** All figures in Prometheus' text format. */
  render(): Promise<string>;
  readonly contentType: string;
}

/** A code that an upstream made up must not make a series of its own. */
const KNOWN_CODES: ReadonlySet<string> = new Set([...API_STATUS_CODES, ...SERVER_STATUS_CODES, '']);

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The figures of one server. */
export function createMetrics(upstream: UpstreamCounts, openRequests: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: 'gorod_http_requests_total',
    help: 'Responses by route, HTTP status and status_code of the body',
    labelNames: ['route', 'http_status', 'status_code'],
    registers,
  });
  const latency = new Histogram({
    name: 'gorod_http_request_duration_seconds',
    help: 'Time from the headers of a request to the end of its response',
    labelNames: ['route'],
    buckets: SECONDS,
    registers,
  });
  const answers = new Counter({
    name: 'gorod_answers_total',
    help: 'Answers by source; cache is a cache hit, those of batches and CSV rows included',
    labelNames: ['source'],
    registers,
  });
  new Gauge({
    name: 'gorod_http_requests_open',
    help: 'Requests without a complete response',
    registers,
    collect() {
      this.set(openRequests());
    },
  });
  countOf('gorod_upstream_requests_total', 'Requests to the API, retries included', () => upstream.requests);
  countOf('gorod_upstream_retries_total', 'Requests to the API that repeat a failed one', () => upstream.retries);
  countOf('gorod_upstream_failures_total', 'Requests to the API that brought no answer', () => upstream.failures);
  countOf(
    'gorod_rate_wait_seconds_total',
    'Time that questions waited for the rate, together',
    () => upstream.waitedMs / 1000,
  );

  function countOf(name: string, help: string, read: () => number): void {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }

  const requestSeries = remembered((key: string) => {
    const [route = '', http_status = '', status_code = ''] = key.split('|');
    return requests.labels({ route, http_status, status_code });
  });
  const latencySeries = remembered((route: string) => latency.labels({ route }));
  const answerSeries = remembered((source: string) => answers.labels({ source }));
  return {
    request(route, code, http, seconds) {
      requestSeries(`${route}|${http}|${KNOWN_CODES.has(code) ? code : 'other'}`).inc();
      latencySeries(route).observe(seconds);
    },
    answer: (source) => answerSeries(source).inc(),
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** Looking a series up by its labels takes longer than counting. The keys are a closed set. */
function remembered<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    let made = known.get(key);
    if (made === undefined) {
      made = make(key);
      known.set(key, made);
    }
    return made;
  };
}
