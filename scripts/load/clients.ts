import { once } from 'node:events';
import { type Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { freshQuestion, type Question, sampleQuestions } from './questions.ts';

/** What the requests of a soak are like. */
export const KINDS = ['good', 'bad', 'slow', 'aborted'] as const;

export type Kind = (typeof KINDS)[number];

/** Asks one request of a kind; rejects with what is wrong with the reply. */
export type Client = (kind: Kind, index: number, random: () => number) => Promise<void>;

const KEY = { 'cdek-developer-key': 'soak' };
const JSON_TYPE = { 'content-type': 'application/json' };
const PATH = '/api/v2/detect-city';

interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly method?: string;
  readonly expect: number;
}

/** Clients of one server: some patient, some rude. */
export function createClient(origin: string, agent: Agent): Client {
  const samples = sampleQuestions();

  const open = ({ path, headers, method = 'POST' }: Sent, options: RequestOptions) =>
    httpRequest(origin + path, { method, headers: { ...KEY, ...headers }, agent, ...options });

  async function send(sent: Sent, pauseMs = 0): Promise<void> {
    const request = open(sent, {});
    const replied = once(request, 'response') as Promise<[IncomingMessage]>;
    const half = sent.body.length >> 1;
    if (pauseMs > 0) {
      request.write(sent.body.slice(0, half));
      await delay(pauseMs);
      request.end(sent.body.slice(half));
    } else {
      request.end(sent.body);
    }
    const [response] = await replied;
    for await (const _ of response);
    if (response.statusCode === sent.expect) return;
    throw new Error(`HTTP ${response.statusCode} in place of ${sent.expect} from ${sent.path}`);
  }

  async function abort(sent: Sent, random: () => number): Promise<void> {
    const request = open(sent, { agent: false });
    request.on('error', () => {});
    // A header, half a body or a whole request is sent by the time the client is gone.
    const part = random();
    if (part < 0.3) request.flushHeaders();
    else if (part < 0.6) request.write(sent.body.slice(0, 10));
    else request.end(sent.body);
    const [socket] = await once(request, 'socket');
    if (socket.connecting) await once(socket, 'connect');
    await delay(random() * 3);
    socket.resetAndDestroy();
  }

  return async (kind, index, random) => {
    const question = random() < 0.5 ? freshQuestion(samples, index) : (samples[index % samples.length] as Question);
    if (kind === 'bad') return send(bad(question, random));
    const sent = good(question, random);
    if (kind === 'good') return send(sent);
    return kind === 'slow' ? send(sent, 10 + random() * 90) : abort(sent, random);
  };
}

function good(question: Question, random: () => number): Sent {
  const form = random();
  const body = JSON.stringify(question);
  if (form < 0.04) {
    const headers = { 'content-type': 'application/x-ndjson' };
    return { path: `${PATH}/batch`, headers, body: `${body}\n`.repeat(20), expect: 200 };
  }
  if (form < 0.06) return { path: `${PATH}/batch`, headers: JSON_TYPE, body: `[${body},5,${body}]`, expect: 200 };
  if (form < 0.08) {
    const row = `${question.postcode},"${question.address.replaceAll('"', '""')}"\n`;
    return {
      path: '/csv',
      headers: { 'content-type': 'text/csv' },
      body: `postcode,address\n${row.repeat(20)}`,
      expect: 200,
    };
  }
  return { path: PATH, headers: JSON_TYPE, body, expect: 200 };
}

function bad(question: Question, random: () => number): Sent {
  const body = JSON.stringify(question);
  const choices: readonly Sent[] = [
    { path: PATH, headers: JSON_TYPE, body: body.slice(0, -5), expect: 400 },
    { path: PATH, headers: JSON_TYPE, body: JSON.stringify({ ...question, postcode: '1' }), expect: 400 },
    { path: PATH, headers: JSON_TYPE, body: JSON.stringify({ ...question, address: 5 }), expect: 400 },
    { path: PATH, headers: { 'content-type': 'text/plain' }, body, expect: 400 },
    { path: PATH, headers: { ...JSON_TYPE, 'cdek-developer-key': '' }, body, expect: 401 },
    { path: `${PATH}?lang=xx`, headers: JSON_TYPE, body, expect: 400 },
    { path: PATH, headers: JSON_TYPE, body, method: 'PUT', expect: 405 },
    { path: `/nowhere/${Math.floor(random() * 1e9)}`, headers: JSON_TYPE, body, expect: 404 },
    { path: '/csv', headers: { 'content-type': 'text/csv' }, body: 'name\nx\n', expect: 400 },
    { path: `${PATH}/batch`, headers: JSON_TYPE, body: '{}', expect: 400 },
  ];
  return choices[Math.floor(random() * choices.length)] as Sent;
}
