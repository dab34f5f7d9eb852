// The peer: a bare loop over a file of questions, one JSON a line; so many at once, nothing kept, nothing written.
import { readFileSync } from 'node:fs';
import got from 'got';
import pLimit from 'p-limit';

const [url, questions, concurrency] = process.argv.slice(2);
const headers = { 'CDEK-Developer-Key': 'bench-key' };
const limit = pLimit(Number(concurrency));
const lines = readFileSync(questions, 'utf8').trimEnd().split('\n');
const asked = lines.map((line) => limit(() => got.post(url, { json: JSON.parse(line), headers }).json()));
for (const answer of asked) {
  const { status_code } = await answer;
  if (status_code !== 'OK') throw new Error(`answered ${status_code}`);
}
