import type { CommandModule } from 'yargs';
import type { Values } from '../../config/option.ts';
import { type Arguments, resolveOptions } from '../../config/resolve.ts';
import { SYNC_OPTIONS } from '../../config/sync-options.ts';
import { yargsOptions } from '../../config/yargs-options.ts';
import { say, type Terminal } from '../terminal.ts';
import { requireOutput } from './import.ts';

type SyncConfig = Values<typeof SYNC_OPTIONS>;

/** `gorod gazetteer sync -o GAZETTEER.sqlite`: all of CDEK's cities, as API v2 has them. */
export function syncCommand(terminal: Terminal): CommandModule<object, Arguments> {
  return {
    command: 'sync',
    describe: "Write a gazetteer file of all of CDEK's cities and postcodes in Russia, or bring it up to date",
    builder: (yargs) =>
      yargs
        .options(yargsOptions(SYNC_OPTIONS))
        .example('$0 gazetteer sync -o cdek.sqlite', 'takes about an hour; end it whenever you like, and run it again'),
    handler: async (args) => {
      await runSync(Object.freeze(resolveOptions(SYNC_OPTIONS, args, terminal.env)), terminal);
    },
  };
}

async function runSync(config: SyncConfig, terminal: Terminal): Promise<void> {
  const output = requireOutput(config.output);
  const { planV2 } = await import('../../compose/plan.ts');
  const plan = await planV2('gorod gazetteer sync', config, terminal.env);
  const [{ openDirectory }, { syncGazetteer }, { renderSyncReport }, { silentSyncBar, syncBar }] = await Promise.all([
    import('../../compose/directory.ts'),
    import('../../gazetteer/sync/sync.ts'),
    import('../../gazetteer/sync/render-report.ts'),
    import('../../report/sync-progress.ts'),
  ]);
  const { directory, meter } = await openDirectory(plan, config, terminal.env, terminal.signal);
  const bar = config.quiet ? silentSyncBar : await syncBar(terminal.stderr);
  const startedAt = performance.now();
  try {
    const [base] = plan.endpoints;
    const progress = { ...bar, say: (text: string) => say(`gorod: ${text}\n`, config, terminal) };
    const report = await syncGazetteer({ output, base, directory, concurrency: config.concurrency, progress });
    bar.stop();
    terminal.stdout.write(renderSyncReport(report));
  } finally {
    bar.stop();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const { requests, retries } = meter;
    say(`gorod: requests ${requests}, retries ${retries}, ${seconds} s\n`, config, terminal);
  }
}
