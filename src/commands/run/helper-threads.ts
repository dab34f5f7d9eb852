import { Worker } from 'node:worker_threads';
import type { Override } from '../../address/override.ts';
import { cacheFile } from '../../cache/location.ts';
import type { Plan } from '../../compose/compose.ts';
import { type RowBlock, rowBlock } from '../../csv/row-block.ts';
import { ownFile } from '../../own-file.ts';
import type { AnsweredBlock, SharedMeans } from '../../pipeline/at-hand/answer-block.ts';
import type { HelperSettings, Helpers } from '../../pipeline/at-hand/helpers.ts';
import type { CollectorOptions } from '../../report/collect.ts';
import type { Terminal } from '../terminal.ts';
import { type HelperReply, type HelperRequest, type HelperWork, memoryOf } from './helper-messages.ts';
import type { RunConfig } from './run-files.ts';

export interface HelperJob {
  readonly plan: Plan;
  readonly config: RunConfig;
  readonly env: Terminal['env'];
  /** When the job began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** What people had settled then: what is learnt meanwhile is for the next job, here as there. */
  readonly overrides: readonly Override[];
  /** What is collected of the rows; undefined where nothing is. */
  readonly collected: CollectorOptions | undefined;
}

/** Enough that a thread finds its next block there when it is done with one. */
const BLOCKS_A_THREAD = 3;

/** Starts `threads - 1` threads beside this one. Their answers reject where a thread fails. */
export function startHelperThreads(
  { plan, config, env, startedAt, overrides, collected }: HelperJob,
  settings: HelperSettings,
): Helpers {
  const { columns, defaults, layout } = settings;
  const work: HelperWork = {
    plan: withoutSecrets(plan),
    config: { ...config, cache: config.cache ?? cacheFile(env) },
    startedAt,
    overrides,
    collected,
    columns,
    defaults: { country: defaults.country, fiasOnly: defaults.fiasOnly },
    layout: { dialect: layout.dialect, fields: layout.fields, language: layout.language },
  };
  const threads = Array.from({ length: config.threads - 1 }, () => startThread(work));
  return {
    hasRoom: () => threads.some(({ waiting }) => waiting.length < BLOCKS_A_THREAD),
    answer: (block, means) => {
      const [thread] = threads.toSorted((a, b) => a.waiting.length - b.waiting.length);
      if (thread === undefined) throw new Error('there is no other thread');
      return thread.answer(block, means);
    },
    close: async () => {
      await Promise.all(threads.map(({ close }) => close()));
    },
  };
}

interface Waiting {
  resolve(answer: AnsweredBlock | RowBlock): void;
  reject(error: unknown): void;
}

/** A thread with the blocks that it has not answered yet. It answers them in order. */
function startThread(work: HelperWork) {
  const thread = new Worker(ownFile('dist/helper-thread.js'), { workerData: work });
  const waiting: Waiting[] = [];
  const { delimiter } = work.layout.dialect;
  thread.on('message', (reply: HelperReply) => {
    waiting.shift()?.resolve('marks' in reply ? rowBlock(reply.bytes, reply.marks, delimiter) : reply);
  });
  let told: SharedArrayBuffer | undefined;
  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  thread.on('error', fail);
  thread.on('exit', () => fail(new Error('a thread ended before its work was done')));

  return {
    waiting,
    answer: ({ bytes, marks }: RowBlock, { memory, spare }: SharedMeans) =>
      new Promise<AnsweredBlock | RowBlock>((resolve, reject) => {
        // A thread that has ended says nothing any more.
        if (failure !== undefined) return reject(failure);
        waiting.push({ resolve, reject });
        const request: HelperRequest = { bytes, marks, memory: told === memory ? undefined : memory, spare };
        told = memory;
        thread.postMessage(request, [bytes, ...(spare === undefined ? [] : [spare])].flatMap(memoryOf));
      }),
    close: () => thread.terminate(),
  };
}

/** A helper asks nobody. */
function withoutSecrets(plan: Plan): Plan {
  switch (plan.kind) {
    case 'local':
      return plan;
    case 'api':
      return { ...plan, developerKey: '' };
    case 'cdek':
      return { ...plan, client: { ...plan.client, clientSecret: '' } };
  }
}
