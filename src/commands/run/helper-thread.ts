// A thread beside that of `gorod run`: answers blocks of rows from what is at hand, and never asks anybody.
import { parentPort, workerData } from 'node:worker_threads';
import { memoryCache } from '../../cache/memory-cache.ts';
import { memoryPostcodes } from '../../cache/postcode-cache.ts';
import { compose, type OpenedAnswers } from '../../compose/compose.ts';
import { rowBlock } from '../../csv/row-block.ts';
import { type AnsweredBlock, answerBlocks, type BlockAnswerer } from '../../pipeline/at-hand/answer-block.ts';
import { findingsCollector } from '../../report/collect.ts';
import { judgementRules } from '../judgement-rules.ts';
import { type HelperReply, type HelperRequest, type HelperWork, memoryOf } from './helper-messages.ts';

const { plan, config, startedAt, overrides, collected, ...settings } = workerData as HelperWork;
const frame = { startedAt, overrides, stop: new AbortController().signal, answersFile: undefined };
const opened = plan.kind === 'local' || config.cache === undefined ? undefined : await lookInto(config.cache);
const { detector } = await compose(plan, config, {}, { ...frame, ...(opened === undefined ? {} : { opened }) });
const answering = {
  ...settings,
  rules: await judgementRules(config),
  newCollector: collected && (() => findingsCollector(collected)),
};
let answerer: BlockAnswerer | undefined;

parentPort?.on('message', ({ bytes, marks, memory, spare }: HelperRequest) => {
  if (memory !== undefined) answerer = answerBlocks(detector, answering, memory);
  if (spare !== undefined) answerer?.takeBack(spare);
  const reply: HelperReply = answer(bytes, marks) ?? { bytes, marks };
  parentPort?.postMessage(reply, memoryOf(reply.bytes));
});

/** Undefined also where it fails: whatever is wrong, with the cache or else, is for the thread that asks to set right. */
function answer(bytes: Uint8Array, marks: Int32Array): AnsweredBlock | undefined {
  try {
    return answerer?.answer(rowBlock(bytes, marks, settings.layout.dialect.delimiter));
  } catch {
    return undefined;
  }
}

/** The answers of a cache file that the main thread has open; none where it is about to set the file aside. */
async function lookInto(file: string): Promise<OpenedAnswers> {
  const { openCacheSnapshot } = await import('../../cache/cache-snapshot.ts');
  const snapshot = openCacheSnapshot(file);
  const cache = { ...memoryCache(), ...snapshot?.answers };
  return { cache, postcodes: { ...memoryPostcodes(), ...snapshot?.postcodes }, sharing: undefined, warnings: [] };
}
