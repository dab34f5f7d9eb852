// A thread that puts keys into a table and tells which record it got for each of them.
import { parentPort, workerData } from 'node:worker_threads';
import { sharedTable } from '../../../src/pipeline/at-hand/shared-table.ts';

const { memory, keys, begin } = workerData as {
  readonly memory: SharedArrayBuffer;
  readonly keys: readonly string[];
  readonly begin: SharedArrayBuffer;
};
const table = sharedTable(memory);
const begun = new Int32Array(begin);
// All threads put their keys at the same time.
Atomics.add(begun, 0, 1);
while (Atomics.load(begun, 0) < Atomics.load(begun, 1));
parentPort?.postMessage(keys.map((key, index) => table.put(Buffer.from(key), index + 1)));
