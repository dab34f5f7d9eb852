import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Truth } from './orders.ts';
import type { City, Postcode } from './world.ts';

/** A real HTTP server that speaks detect-city's contract. It looks addresses up and reads none: it has no matcher. */
export interface MonthUpstream extends AsyncDisposable {
  /** The full URL of the question. */
  readonly url: string;
}

/** Starts one on a free loopback port. */
export async function startUpstream(
  world: readonly Postcode[],
  truth: (postcode: string, address: string) => Truth | undefined,
): Promise<MonthUpstream> {
  const names = new Map(world.map(({ postcode, cities }) => [postcode, cities.map(({ name }) => name)]));
  const server = createServer(async (request, response) => {
    const { postcode, address, cod_rub } = JSON.parse(await text(request));
    const answer = apiAnswer(truth(postcode, address), names.get(postcode) ?? [], cod_rub);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ address, postcode, ...answer }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/v2/detect-city`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What the API says where `truth` is true of an address. */
export function apiAnswer(truth: Truth | undefined, possible_cities: readonly string[], codRub: number) {
  if (truth === undefined) throw new Error('the month has no such address');
  if (typeof truth === 'string') return { status_code: truth, possible_cities };
  const exceeded = truth.paymentLimit >= 0 && codRub > truth.paymentLimit;
  return { status_code: exceeded ? 'COD_LIMIT_EXCEEDED' : 'OK', possible_cities, ...objects(truth) };
}

function objects({ name, region, regionCode, type, cityCode, guid, paymentLimit }: City) {
  return {
    detected_cdek_city: {
      ...{ cityCode, cityName: name, country: 'Россия', countryCode: 'RU', fiasGuid: guid, paymentLimit, region },
      regionCodeExt: regionCode,
    },
    detected_fias_city: { ao_level: '4', formal_name: name, official_name: name, guid, prefix: type },
  };
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
