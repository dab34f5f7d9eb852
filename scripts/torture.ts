import { tortureWithFaults } from './torture/faults.ts';
import { tortureWithKills } from './torture/kills.ts';
import { tortureUpstream } from './torture/upstream.ts';

const FOLDER = '.bench/torture';
const jobs = Number(process.env.TORTURE_JOBS ?? 200);
const rows = Number(process.env.TORTURE_ROWS ?? 20_000);
const concurrency = 16;
const orders = { rows, distinct: Math.round(rows / 10) };
let failed = false;

console.log(`${rows} rows, ${orders.distinct} distinct questions, 30 % faults, --retries 12 --timeout 1`);
console.log('fault          exit  requests  per question  same file  seconds');
for await (const faulty of tortureWithFaults(FOLDER, orders, 1)) {
  const { fault, code, requests, ratio, identical, seconds } = faulty;
  failed ||= code !== 0 || !identical || ratio > 1.6;
  const cells = [fault.padEnd(13), `${code}`.padStart(5), `${requests}`.padStart(9), ratio.toFixed(2).padStart(13)];
  console.log([...cells, `${identical}`.padStart(10), seconds.toFixed(1).padStart(8)].join(' '));
}

const killed = await tortureWithKills(FOLDER, { jobs, orders, concurrency, seed: 1 });
const identical = killed.filter((job) => job.identical).length;
const kills = killed.reduce((sum, job) => sum + job.kills, 0);
const extra = killed.reduce((sum, job) => sum + job.extra, 0);
const tooMany = killed.filter((job) => job.extra > job.kills * concurrency);
console.log(`\n${jobs} jobs of ${rows} rows, ${kills} kills with SIGKILL`);
console.log(`byte-identical outputs         ${identical} of ${jobs}`);
console.log(
  `extra requests                 ${extra} (allowed: ${kills * concurrency}); jobs over their own allowance: ${tooMany.length}`,
);
failed ||= identical !== jobs || tooMany.length > 0;

failed ||= !(await tortureUpstream(FOLDER));
process.exitCode = failed ? 1 : 0;
