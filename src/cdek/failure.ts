import { RequestError, TimeoutError } from 'got';

/** What the codes of Node's network errors mean, in a few words for the column `message`. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  ECONNABORTED: 'connection reset',
  ERR_STREAM_PREMATURE_CLOSE: 'connection reset',
  ERR_HTTP_CONTENT_LENGTH_MISMATCH: 'body is truncated',
  Z_BUF_ERROR: 'body is truncated',
  Z_DATA_ERROR: 'body is damaged',
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host not found',
  ENETUNREACH: 'network unreachable',
  EHOSTUNREACH: 'host unreachable',
  ETIMEDOUT: 'connection timed out',
};

/** Why an attempt failed, without address, key or body. */
export function failureReason(error: unknown, timeoutMs: number): string {
  const timedOut = `timed out after ${timeoutMs / 1000} s`;
  if (error instanceof TimeoutError) return timedOut;
  if (!(error instanceof RequestError)) return 'request failed';
  const { code, message } = error;
  if (/SELF_SIGNED|UNABLE_TO_/.test(code)) {
    return `TLS certificate of an unknown authority; --ca makes one known (${code})`;
  }
  if (/CERT|ERR_TLS/.test(code)) return `TLS certificate refused (${code})`;
  // hpagent has no codes of its own.
  if (message === 'Proxy timeout') return timedOut;
  const proxyStatus = /^Bad response: (\d{3})$/.exec(message)?.[1];
  if (proxyStatus !== undefined) return `proxy refused: HTTP ${proxyStatus}`;
  return REASONS[code] ?? `request failed (${code})`;
}
