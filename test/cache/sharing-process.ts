import { openSqliteCache } from '../../src/cache/sqlite-cache.ts';
import { slidingWindow } from '../../src/detector/sliding-window.ts';

/** A process of its own for shared-rate.test.ts: takes starts for a while and prints when they were. */
const [file = '', perSecond = '', forMs = ''] = process.argv.slice(2);
const { cache, sharing, together } = openSqliteCache(file);
const log = sharing.startLog('http://127.0.0.1');
const limit = slidingWindow({ perSecond: Number(perSecond), log, together });
const starts: number[] = [];
const end = log.now() + Number(forMs);

async function take(): Promise<void> {
  while (log.now() < end) {
    await limit.acquire();
    starts.push(log.now());
  }
}

await Promise.all(Array.from({ length: 8 }, take));
cache.close();
process.stdout.write(JSON.stringify(starts));
