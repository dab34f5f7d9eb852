// detect-city for measurements, in a process of its own: answers at once, or after the milliseconds that are its first
// argument. Prints its port. A postcode's answer is always the same, with a COD limit in every tenth town.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SEED_CDEK_CITY, SEED_FIAS_CITY } from '../../test/support/seed-example.ts';
import { towns } from './towns.ts';

const delayMs = Number(process.argv[2] ?? 0);
const all = towns();
const LIMIT_RUB = 4000;

const answers = new Map<string, { readonly limit: number; readonly ok: Buffer; readonly exceeded: Buffer }>();
for (const [index, { name, cityCode, postcodePrefix }] of all.entries()) {
  for (let digit = 0; digit < 10; digit += 1) {
    const limit = index % 10 === 0 ? LIMIT_RUB : -1;
    const detection = {
      status_msg: 'CDEK城市识别成功',
      detected_cdek_city: { ...SEED_CDEK_CITY, cityCode, cityName: name, subRegion: name, paymentLimit: limit },
      detected_fias_city: { ...SEED_FIAS_CITY, formal_name: name, official_name: name },
      possible_cities: [name, ...neighbours(index, digit)],
    };
    const render = (status_code: string) => Buffer.from(JSON.stringify({ status_code, ...detection }));
    const rendered = { limit, ok: render('OK'), exceeded: render('COD_LIMIT_EXCEEDED') };
    answers.set(`${postcodePrefix}${digit}`, rendered);
  }
}

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const { postcode, cod_rub = 0 } = JSON.parse(Buffer.concat(parts).toString()) as Record<string, string & number>;
    const answer = answers.get(String(postcode));
    if (answer === undefined) return void response.writeHead(400).end();
    const body = answer.limit >= 0 && cod_rub > answer.limit ? answer.exceeded : answer.ok;
    const send = () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
    };
    if (delayMs === 0) send();
    else setTimeout(send, delayMs);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});

function neighbours(index: number, digit: number): readonly string[] {
  return Array.from({ length: digit }, (_, step) => all[(index + 1 + step) % all.length]?.name ?? '');
}
