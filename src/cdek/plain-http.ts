import { GorodError } from '../errors.ts';

/** Whether a URL's host is this machine: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback({ hostname }: URL): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(hostname) || hostname === '[::1]' || hostname === 'localhost';
}

/** Throws GorodError BAD_OPTION for an endpoint to which `what` would travel for everyone to read. */
export function refusePlainHttp(
  endpoints: readonly string[],
  allowHttp: boolean,
  option = '--endpoint',
  what = 'the key and the addresses',
): void {
  if (allowHttp) return;
  for (const endpoint of endpoints) {
    const url = new URL(endpoint);
    if (url.protocol === 'https:' || isLoopback(url)) continue;
    throw new GorodError(
      'BAD_OPTION',
      `${option}: ${url.origin} is not encrypted; ${what} could be read on the way. ` +
        'Use https, or pass --allow-http.',
    );
  }
}
