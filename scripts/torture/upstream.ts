import { tortureWithOutages } from './upstream-outages.ts';
import { measureSharedRate, tortureWithSharing } from './upstream-sharing.ts';

/** Prints what outages and sharing do to runs; false where anything was not as it must be. */
export async function tortureUpstream(folder: string): Promise<boolean> {
  let asWanted = true;

  console.log('\nupstream down   exit  deferred  requests  seconds  exit of retry  then deferred');
  for await (const { outage, code, wantedCode, deferred, requests, seconds, retry } of tortureWithOutages(folder)) {
    asWanted &&= code === wantedCode && retry.code === 0 && retry.deferred === 0;
    console.log(
      row([outage, -14], [code, 6], [deferred, 9], [requests, 9], [seconds.toFixed(0), 8]) +
        row([retry.code, 15], [retry.deferred, 15]),
    );
  }

  console.log('\nruns on one cache   exits    distinct  requests  rate  most arrivals in a second');
  for await (const { runs, codes, distinct, requests, rate, busiestArrivals } of tortureWithSharing(folder)) {
    asWanted &&= codes.every((code) => code === 0) && requests === distinct;
    asWanted &&= busiestArrivals <= rate + Math.max(2, 0.05 * rate);
    console.log(row([runs, 17], [codes.join(' '), 8], [distinct, 11], [requests, 9], [rate, 5], [busiestArrivals, 26]));
  }

  console.log('\nprocesses   rate  most starts in a second   used');
  for await (const { processes, rate, busiestStarts, used } of measureSharedRate(folder)) {
    asWanted &&= busiestStarts <= rate && used >= 0.95;
    console.log(row([processes, 9], [rate, 6], [busiestStarts, 24], [`${(100 * used).toFixed(1)} %`, 8]));
  }
  return asWanted;
}

/** Cells of a table, each with its width; a negative one aligns to the left. */
function row(...cells: readonly (readonly [value: unknown, width: number])[]): string {
  return cells.map(([value, width]) => (width < 0 ? `${value}`.padEnd(-width) : `${value}`.padStart(width))).join('');
}
