import { compose, planDetector } from '../../src/compose/compose.ts';
import { DETECTOR_OPTIONS } from '../../src/config/detector-options.ts';
import { resolveOptions } from '../../src/config/resolve.ts';
import { enrich } from '../../src/library/enrich.ts';
import type { Order, Truth } from './orders.ts';

/** How a night's file was answered. */
export interface Night {
  readonly requests: number;
  readonly inferred: number;
  /** Rows that could have been inferred and were asked all the same, and those of them that the API contradicted. */
  readonly audited: number;
  readonly differing: number;
  /** Inferred rows that are not what the API would have said. */
  readonly wrong: readonly string[];
}

export interface NightOptions {
  readonly url: string;
  readonly cache: string;
  /** When the job begins, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly infer: boolean;
}

/** Runs one night's orders through gorod, as `gorod run --detector api` would at that time. */
export async function runNight(
  orders: readonly Order[],
  truth: (postcode: string, address: string) => Truth | undefined,
  { url, cache, startedAt, infer }: NightOptions,
): Promise<Night> {
  const args = {
    detector: 'api',
    endpoint: [url],
    cache,
    rate: '100000',
    concurrency: '64',
    ...(infer ? { infer } : {}),
  };
  const env = { CDEK_DEVELOPER_KEY: 'month' };
  const config = resolveOptions(DETECTOR_OPTIONS, args, {});
  const frame = { startedAt, stop: new AbortController().signal, answersFile: undefined };
  const composed = await compose(await planDetector(config, env), config, env, frame);
  const counts = { inferred: 0, audited: 0, differing: 0 };
  const wrong: string[] = [];
  try {
    for await (const { row, outcome, judgement } of enrich(orders, composed.detector)) {
      if (outcome.kind !== 'answered') throw new Error(`an order was not answered: ${JSON.stringify(outcome)}`);
      if (outcome.audit !== undefined) counts.audited += 1;
      if (outcome.audit === 'differing') counts.differing += 1;
      if (outcome.source !== 'inferred') continue;
      counts.inferred += 1;
      const { detected_cdek_city: city, detected_fias_city: place } = outcome.detection;
      const said = `${judgement.status} ${city?.cityCode} ${place?.guid}`;
      if (said !== expected(truth(row.postcode, row.address), row))
        wrong.push(`${row.postcode} ${row.address}: ${said}`);
    }
    return { ...counts, wrong, requests: composed.meter.requests };
  } finally {
    await composed.close(0);
  }
}

function expected(truth: Truth | undefined, { cod }: Order): string {
  if (truth === undefined || typeof truth === 'string') return String(truth);
  const exceeded = truth.paymentLimit >= 0 && Number(cod) > truth.paymentLimit;
  return `${exceeded ? 'COD_LIMIT_EXCEEDED' : 'OK'} ${truth.cityCode} ${truth.guid}`;
}
