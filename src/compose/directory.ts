import type { DirectoryAnswer, DirectoryQuestion } from '../cdek/directory.ts';
import type { Environment } from '../config/resolve.ts';
import { UpstreamFailure } from '../detector/upstream.ts';
import { GorodError } from '../errors.ts';
import type { Directory } from '../gazetteer/sync/directory.ts';
import { emptyMeter, type Meter } from './composed.ts';
import type { V2Plan } from './plan.ts';
import type { PaceConfig } from './upstream.ts';
import { apiV2 } from './v2.ts';

/** API v2 as what a sync reads from, under rate, retries and patience. */
export interface OpenedDirectory {
  readonly directory: Directory;
  readonly meter: Readonly<Meter>;
}

/** Opens it. Its promises reject with the reason of `stop` once that aborts, else with GorodError. */
export async function openDirectory(
  plan: V2Plan,
  config: PaceConfig & { readonly concurrency: number },
  env: Environment,
  stop: AbortSignal,
): Promise<OpenedDirectory> {
  const [{ default: pLimit }, { openUpstream }] = await Promise.all([import('p-limit'), import('./upstream.ts')]);
  const meter = emptyMeter();
  const api = apiV2<DirectoryQuestion, DirectoryAnswer>(plan, async (line) => {
    const { directoryUpstream } = await import('../cdek/directory.ts');
    return directoryUpstream(line);
  });
  const slots = pLimit(config.concurrency);
  const upstream = await openUpstream(api, {
    config,
    env,
    stop,
    slots,
    sharing: undefined,
    together: undefined,
    meter,
  });
  const ask = async (question: DirectoryQuestion) => {
    try {
      return await upstream.ask(question, stop);
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      const message = `cannot read the cities of API v2: ${error.message}. Run the same command again to go on.`;
      throw new GorodError('INPUT_UNREADABLE', message);
    }
  };
  return {
    meter,
    directory: {
      cities: (page, size) => ask({ kind: 'page', page, size }),
      city: async (code) => (await ask({ kind: 'city', code })) ?? [],
      postcodes: async (code) => {
        const list = await ask({ kind: 'postcodes', code });
        if (list === undefined) return undefined;
        const { texts } = await import('../gazetteer/sync/directory.ts');
        return texts(list);
      },
    },
  };
}
