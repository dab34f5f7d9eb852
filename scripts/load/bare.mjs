/** The yardstick: a Fastify route that parses the same bodies and sends the same bytes, and does nothing else. */
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

const answers = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const app = Fastify();
let next = 0;
app.post('/api/v2/detect-city', (_, reply) => {
  next = (next + 1) % answers.length;
  return reply.header('content-type', 'application/json; charset=utf-8').send(answers[next]);
});
console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
