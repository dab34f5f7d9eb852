import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Expected, hostileFiles } from '../../test/hostile/hostile-files.ts';
import { listening } from '../../test/hostile/secure-server.ts';
import { type Reply, startScriptedUpstream } from '../../test/support/scripted-upstream.ts';
import { peakOf } from '../bench/measure.ts';

/** How one hostile input ended. */
export interface HostileRun {
  readonly name: string;
  readonly code: number | null;
  readonly asExpected: boolean;
  readonly peakMb: number | undefined;
  readonly seconds: number;
}

const CLI = resolve('dist/cli.js');
const GIGABYTE = 1_000_000_000;

/** Runs `gorod run` over every hostile file at full size, with `--bad-rows stop` and `keep`. */
export async function* tortureWithHostileFiles(folder: string): AsyncGenerator<HostileRun, void> {
  for (const file of hostileFiles({ longest: GIGABYTE, wide: 200 })) {
    begin(folder);
    file.write(join(folder, 'orders.csv'));
    for (const mode of ['stop', 'keep'] as const) {
      const run = await runGorod(folder, ['--detector', 'local', '--bad-rows', mode]);
      yield { ...run, name: `${file.name}, ${mode}`, asExpected: isExpected(folder, file[mode], run) };
    }
  }
  rmSync(folder, { recursive: true });
}

/** Runs `gorod run` against upstreams that send no usable answer; every row must be deferred. */
export async function* tortureWithHostileUpstreams(folder: string): AsyncGenerator<HostileRun, void> {
  const nested = '['.repeat(120_000) + ']'.repeat(120_000);
  const replies: Readonly<Record<string, Reply>> = {
    'a body without end': { kind: 'huge' },
    'a body that drips': { kind: 'drip' },
    'deep JSON': { kind: 'http', status: 200, body: nested },
    'deep JSON in an answer': { kind: 'http', status: 503, body: `{"status_code":"OK","x":${nested}}` },
  };
  begin(folder);
  const rows = Array.from({ length: 50 }, (_, row) => `675000,"Lenina ${row}, Blagoveschensk"`);
  writeFileSync(join(folder, 'orders.csv'), ['postcode,address', ...rows, ''].join('\n'));
  const ask = async (name: string, url: string): Promise<HostileRun> => {
    const run = await runGorod(folder, [
      '--endpoint',
      url,
      '--no-cache',
      '--retries',
      '0',
      '--timeout',
      '2',
      '--max-wait',
      '1',
    ]);
    return { ...run, name, asExpected: run.code === 3 };
  };
  for (const [name, reply] of Object.entries(replies)) {
    await using upstream = await startScriptedUpstream({ reply: () => reply });
    yield await ask(name, upstream.url);
  }
  const packed = gzipSync(Buffer.alloc(GIGABYTE));
  const bomb = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed));
  });
  await using listener = await listening(bomb);
  yield await ask('a gigabyte in a gzip body of one megabyte', `http://127.0.0.1:${listener.port}/`);
  rmSync(folder, { recursive: true });
}

function begin(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

interface Run {
  readonly code: number | null;
  readonly stderr: string;
  readonly peakMb: number | undefined;
  readonly seconds: number;
}

async function runGorod(folder: string, args: readonly string[]): Promise<Run> {
  const started = performance.now();
  const fixed = ['run', 'orders.csv', '-o', 'out.csv', '--summary', 'summary.json', '--rate', '1000', '--restart'];
  const child = spawn(process.execPath, [CLI, ...fixed, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', CDEK_DEVELOPER_KEY: 'torture' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  let peakMb: number | undefined;
  const poll = setInterval(() => {
    peakMb = peakOf(child.pid) ?? peakMb;
  }, 10);
  const code = await new Promise<number | null>((end) => child.once('close', end));
  clearInterval(poll);
  return { code, stderr, peakMb, seconds: (performance.now() - started) / 1000 };
}

function isExpected(folder: string, expected: Expected, { code, stderr }: Run): boolean {
  if (code !== expected.code) return false;
  if (expected.code !== 0) return expected.says.test(stderr);
  const { rowsIn, rowsOut, statuses } = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
  return rowsIn === expected.rows && rowsOut === expected.rows && (statuses.ERR_BAD_ROW ?? 0) === expected.bad;
}
