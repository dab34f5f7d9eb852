import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { median } from '../bench/measure.ts';
import { freshQuestion, sampleQuestions } from './questions.ts';
import { type ServerProcess, startGorod, startServer } from './server-process.ts';

const PATH = '/api/v2/detect-city';
const HEADERS = { 'content-type': 'application/json', 'cdek-developer-key': 'load' };

/** The sample questions again and again, or every one another, so that nothing is remembered. */
export type Variety = 'samples' | 'fresh';

/** So many questions of its own every connection has where all are fresh: together more than a server remembers. */
const FRESH_EACH = 200;

/** Rounds that are not counted. */
const WARM_UP = 2;

/** One round of autocannon. */
export interface Round {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
  readonly errors: number;
  /** Processor time of the server for one request, in microseconds; undefined where the system does not tell. */
  readonly cpuMicros: number | undefined;
}

/** What the comparison with the bare route says; figures are medians of the rounds. */
export interface Comparison {
  readonly gorod: Round;
  readonly bare: Round;
}

export interface CompareOptions {
  readonly connections: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly variety: Variety;
  /** For logs and answers. */
  readonly folder: string;
}

/** Drives both servers in turn, in the same run, with the same bodies. */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { folder } = options;
  const gorod = await startGorod(['--detector', 'local'], join(folder, 'gorod.log'));
  const answersFile = join(folder, 'answers.json');
  writeFileSync(answersFile, JSON.stringify(await answersOf(gorod)));
  const bare = await startServer(['scripts/load/bare.mjs', answersFile], join(folder, 'bare.log'));
  const rounds = { gorod: [] as Round[], bare: [] as Round[] };
  try {
    for (let round = -WARM_UP; round < options.rounds; round += 1) {
      for (const [name, server] of [
        ['bare', bare],
        ['gorod', gorod],
      ] as const) {
        const made = await drive(server, options, round);
        // Machine code comes with use.
        if (round >= 0) rounds[name].push(made);
      }
    }
  } finally {
    await Promise.all([gorod.stop(), bare.stop()]);
  }
  return { gorod: middle(rounds.gorod), bare: middle(rounds.bare) };
}

async function answersOf(server: ServerProcess): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const question of sampleQuestions()) {
    const body = JSON.stringify(question);
    const response = await fetch(server.origin + PATH, { method: 'POST', headers: HEADERS, body });
    if (response.status !== 200) throw new Error(`HTTP ${response.status} for ${body}`);
    answers.push(await response.text());
  }
  return answers;
}

async function drive(server: ServerProcess, options: CompareOptions, round: number): Promise<Round> {
  const { connections, seconds, variety } = options;
  const samples = sampleQuestions();
  const toRequest = (question: object) => ({
    method: 'POST' as const,
    path: PATH,
    headers: HEADERS,
    body: JSON.stringify(question),
  });
  let fresh = (round + WARM_UP) * connections * FRESH_EACH;
  const own = () => Array.from({ length: FRESH_EACH }, () => toRequest(freshQuestion(samples, fresh++)));
  const cpuBefore = cpuSeconds(server.child.pid);
  const result = await autocannon({
    url: server.origin,
    connections,
    duration: seconds,
    requests: samples.map(toRequest),
    ...(variety === 'fresh' ? { setupClient: (client) => client.setRequests(own()) } : {}),
  });
  const cpuAfter = cpuSeconds(server.child.pid);
  const answered = result['2xx'];
  const cpu = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
  return {
    perSecond: answered / result.duration,
    p99: result.latency.p99,
    errors: result.errors + result.timeouts + result.non2xx,
    cpuMicros: cpu === undefined ? undefined : (cpu * 1e6) / answered,
  };
}

/** Processor time of a running process, which the Linux kernel counts in hundredths of a second. */
function cpuSeconds(pid: number | undefined): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}

function middle(rounds: readonly Round[]): Round {
  const cpu = rounds.flatMap(({ cpuMicros }) => (cpuMicros === undefined ? [] : [cpuMicros]));
  return {
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    p99: median(rounds.map(({ p99 }) => p99)),
    errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
    cpuMicros: cpu.length === 0 ? undefined : median(cpu),
  };
}
