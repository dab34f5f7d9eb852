// A thread beside that of `gorod run`: answers blocks of rows from what is at hand, and never asks anybody.
import { parentPort, workerData } from 'node:worker_threads';
import { compose } from '../../compose/compose.ts';
import { rowBlock } from '../../csv/row-block.ts';
import { answerBlocks, type BlockAnswerer } from '../../pipeline/at-hand/answer-block.ts';
import { findingsCollector } from '../../report/collect.ts';
import { judgementRules } from '../judgement-rules.ts';
import { type HelperReply, type HelperRequest, type HelperWork, memoryOf } from './helper-messages.ts';

const { plan, config, startedAt, overrides, collected, ...settings } = workerData as HelperWork;
const never = new AbortController().signal;
const { detector } = await compose(plan, config, {}, { startedAt, overrides, stop: never, answersFile: undefined });
const answering = {
  ...settings,
  rules: await judgementRules(config),
  newCollector: collected && (() => findingsCollector(collected)),
};
let answerer: BlockAnswerer | undefined;

parentPort?.on('message', ({ bytes, marks, memory, spare }: HelperRequest) => {
  if (memory !== undefined) answerer = answerBlocks(detector, answering, memory);
  if (spare !== undefined) answerer?.takeBack(spare);
  const block = rowBlock(bytes, marks, settings.layout.dialect.delimiter);
  const reply: HelperReply = answerer?.answer(block) ?? { bytes, marks };
  parentPort?.postMessage(reply, memoryOf(reply.bytes));
});
