import { Agent } from 'node:http';
import { seededRandom } from '../../test/support/scripted-upstream.ts';
import { type Client, createClient, KINDS, type Kind } from './clients.ts';

export interface SoakOptions {
  /** Scheme, host and port of the server. */
  readonly origin: string;
  readonly requests: number;
  readonly connections: number;
  readonly seed: number;
  /** How many times the memory is looked at. */
  readonly looks: number;
  readonly onLook?: (look: Look) => void;
}

/** The server's memory after so many requests, in megabytes. */
export interface Look {
  readonly requests: number;
  readonly residentMb: number;
  readonly heapMb: number;
}

export interface SoakResult {
  readonly sent: Readonly<Record<Kind, number>>;
  /** Replies that were not what they should have been: the first few, and how many. */
  readonly wrong: readonly string[];
  readonly wrongCount: number;
  readonly looks: readonly Look[];
}

/** Of a hundred requests so many are of each kind. */
const SHARES: Readonly<Record<Kind, number>> = { good: 70, bad: 15, slow: 5, aborted: 10 };
const MOST_SHOWN = 10;

/** Sends mixed requests over so many connections at one time, and watches the server's memory. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { origin, requests, connections, seed } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const client = createClient(origin, agent);
  const sent: Record<Kind, number> = { good: 0, bad: 0, slow: 0, aborted: 0 };
  const wrong: string[] = [];
  const looks: Look[] = [];
  let wrongCount = 0;
  let next = 0;

  async function work(number: number): Promise<void> {
    const random = seededRandom(seed + number);
    for (;;) {
      const index = next++;
      if (index >= requests) return;
      const kind = kindOf(random() * 100);
      sent[kind] += 1;
      await ask(client, kind, index, random);
      if ((index + 1) % Math.ceil(requests / options.looks) === 0) await look(index + 1);
    }
  }

  async function ask(to: Client, kind: Kind, index: number, random: () => number): Promise<void> {
    try {
      await to(kind, index, random);
    } catch (error) {
      wrongCount += 1;
      if (wrong.length < MOST_SHOWN) wrong.push(`${kind}: ${error instanceof Error ? error.message : error}`);
    }
  }

  async function look(after: number): Promise<void> {
    const seen = { requests: after, ...(await memoryOf(origin)) };
    looks.push(seen);
    options.onLook?.(seen);
  }

  await Promise.all(Array.from({ length: connections }, (_, number) => work(number)));
  agent.destroy();
  return { sent, wrong, wrongCount, looks };
}

/**
 * How much larger what is really held is at the end than it was when the server had become warm: 1 where it is flat. It is
 * the lowest heap seen in a quarter of the looks, since between two collections the heap is full of what is held no more.
 */
export function growth(looks: readonly Look[]): number {
  const lowest = (from: number, to: number) => {
    const part = looks.slice(Math.floor(looks.length * from), Math.ceil(looks.length * to));
    return Math.min(...part.map(({ heapMb }) => heapMb));
  };
  return lowest(0.75, 1) / lowest(0.25, 0.5);
}

function kindOf(percent: number): Kind {
  let upTo = 0;
  for (const kind of KINDS) {
    upTo += SHARES[kind];
    if (percent < upTo) return kind;
  }
  return 'good';
}

async function memoryOf(origin: string): Promise<Omit<Look, 'requests'>> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const megabytes = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]) / 1e6;
  return {
    residentMb: megabytes('process_resident_memory_bytes'),
    heapMb: megabytes('nodejs_heap_size_used_bytes'),
  };
}
