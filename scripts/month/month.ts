import { join } from 'node:path';
import { questionKey } from '../../src/address/key.ts';
import { type Night, runNight } from './night.ts';
import { createOrders, type Order } from './orders.ts';
import { createChance } from './random.ts';
import { startUpstream } from './upstream.ts';
import { createWorld } from './world.ts';

export interface MonthOptions {
  readonly nights: number;
  /** Rows of one night's file. */
  readonly rows: number;
  readonly postcodes: number;
  readonly seed: number;
  /** For the two caches. */
  readonly folder: string;
  /** Milliseconds since 1970, of the first night. */
  readonly startsAt: number;
  readonly onNight?: (night: MonthNight) => void;
}

/** One night of the month. */
export interface MonthNight {
  /** From 1. */
  readonly night: number;
  /** Distinct questions of the night's file: its requests without a cache. */
  readonly questions: number;
  /** Requests with a cache: the night's distinct uncached questions. */
  readonly uncached: number;
  readonly inferring: Night;
}

const NIGHT_MS = 86_400_000;
const SEVERAL_CITIES = 0.1;
const ORDERS = { zipf: 1, repeats: 0.3, unmatched: 0.08 };

/** Runs the month twice, night by night, each time with a cache of its own: without inference and with it. */
export async function runMonth(options: MonthOptions): Promise<readonly MonthNight[]> {
  const { folder, startsAt, onNight = () => {} } = options;
  const chance = createChance(options.seed);
  const world = createWorld({ postcodes: options.postcodes, several: SEVERAL_CITIES }, chance);
  const orders = createOrders(world, ORDERS, chance);
  await using upstream = await startUpstream(world, orders.truth);
  const nights: MonthNight[] = [];
  for (let night = 1; night <= options.nights; night += 1) {
    const file = orders.night(options.rows);
    const frame = { url: upstream.url, startedAt: startsAt + (night - 1) * NIGHT_MS };
    const cached = await runNight(file, orders.truth, { ...frame, cache: join(folder, 'cached.sqlite'), infer: false });
    const inferring = await runNight(file, orders.truth, {
      ...frame,
      cache: join(folder, 'inferring.sqlite'),
      infer: true,
    });
    nights.push({ night, questions: distinctQuestions(file), uncached: cached.requests, inferring });
    onNight(nights[night - 1] as MonthNight);
  }
  return nights;
}

function distinctQuestions(orders: readonly Order[]): number {
  const asked = { detectorId: '', origin: '', countryCode: '', fiasOnly: false };
  return new Set(orders.map((order) => questionKey(asked, { ...asked, ...order }))).size;
}
