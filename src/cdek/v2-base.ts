import { GorodError } from '../errors.ts';

/**
 * The base address of API v2 in an endpoint, with or without `/v2` at its end, in its one form. Throws GorodError
 * BAD_OPTION for the address of detect-city: the client's secret would go there.
 */
export function v2Base(endpoint: string): string {
  const { origin, pathname } = new URL(endpoint);
  const path = pathname.replace(/\/+$/, '');
  if (path.endsWith('/detect-city')) {
    throw new GorodError(
      'BAD_OPTION',
      `--endpoint: ${endpoint} is an address of detect-city; --detector cdek takes the base address of API v2, such as https://api.cdek.ru.`,
    );
  }
  return origin + path.replace(/\/v2$/, '');
}
