import { tortureWithHostileFiles, tortureWithHostileUpstreams } from './torture/hostile.ts';

const FOLDER = '.bench/hostile';
/** Of which the built-in gazetteer, the runtime and its packages take about 70. */
const MOST_MB = 300;
let failed = false;

console.log(
  'hostile input                                                               exit  expected  peak MB  seconds',
);
for (const runs of [tortureWithHostileFiles(FOLDER), tortureWithHostileUpstreams(FOLDER)]) {
  for await (const { name, code, asExpected, peakMb, seconds } of runs) {
    failed ||= !asExpected || (peakMb ?? 0) > MOST_MB;
    const cells = [name.padEnd(74), `${code}`.padStart(5), `${asExpected}`.padStart(9)];
    console.log([...cells, (peakMb?.toFixed(0) ?? '?').padStart(8), seconds.toFixed(1).padStart(8)].join(' '));
  }
}
process.exitCode = failed ? 1 : 0;
