import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Comparison, compare, type Variety } from './load/compare.ts';
import { startGorod } from './load/server-process.ts';
import { growth, soak } from './load/soak.ts';

const FOLDER = '.bench';
const CONNECTIONS = 64;
const seconds = Number(process.env.LOAD_SECONDS ?? 5);
const rounds = Number(process.env.LOAD_ROUNDS ?? 5);
const requests = Number(process.env.LOAD_REQUESTS ?? 1_000_000);

mkdirSync(FOLDER, { recursive: true });

const comparisons: Partial<Record<Variety, Comparison>> = {};
if (rounds > 0) {
  console.log(`${CONNECTIONS} connections, local engine, medians of ${rounds} rounds of ${seconds} s`);
  for (const variety of ['samples', 'fresh'] as const) {
    const measured = await compare({ connections: CONNECTIONS, seconds, rounds, variety, folder: FOLDER });
    comparisons[variety] = measured;
    tell(variety, measured);
  }
}

const server = await startGorod(['--detector', 'local'], join(FOLDER, 'gorod.log'));
console.log(`\n${requests} mixed requests: good, bad, slow and aborted`);
const started = performance.now();
const result = await soak({
  origin: server.origin,
  requests,
  connections: CONNECTIONS,
  seed: 1,
  looks: 40,
  onLook: (look) =>
    console.log(
      `  ${String(look.requests).padStart(9)} requests: ${Math.round(look.residentMb)} MB, heap ${Math.round(look.heapMb)} MB`,
    ),
});
const exitCode = await server.stop();
console.log(`  in ${Math.round((performance.now() - started) / 1000)} s: ${JSON.stringify(result.sent)}`);
line('wrong replies', String(result.wrongCount), 'bar: 0');
for (const wrong of result.wrong) console.log(`    ${wrong}`);
line('resident memory, at most', `${Math.round(Math.max(...result.looks.map((look) => look.residentMb)))} MB`);
line('held, last quarter over second', growth(result.looks).toFixed(2), 'flat is 1');
line('exit code when told to end', String(exitCode), 'bar: 0');
writeFileSync(join(FOLDER, 'load.json'), `${JSON.stringify({ comparisons, soak: result }, null, 2)}\n`);

function tell(variety: Variety, { gorod, bare }: Comparison): void {
  console.log(variety === 'samples' ? 'the sample orders again and again' : 'every question another');
  line('gorod serve', `${Math.round(gorod.perSecond)}/s`);
  line('bare Fastify route, same bytes', `${Math.round(bare.perSecond)}/s`);
  line('ratio', (gorod.perSecond / bare.perSecond).toFixed(2), 'bar: 0.5');
  line('p99, times that of the bare route', (gorod.p99 / bare.p99).toFixed(2), 'bar: 4');
  line('errors', String(gorod.errors + bare.errors), 'bar: 0');
  line('processor time a request', `${micros(gorod.cpuMicros)} / ${micros(bare.cpuMicros)}`);
}

function micros(figure: number | undefined): string {
  return figure === undefined ? 'not known here' : `${figure.toFixed(0)} µs`;
}

function line(name: string, figure: string, bar?: string): void {
  console.log(`  ${name.padEnd(36)}${figure.padStart(14)}${bar === undefined ? '' : `   (${bar})`}`);
}
