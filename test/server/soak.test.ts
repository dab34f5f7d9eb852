import { expect, test } from 'vitest';
import { soak } from '../../scripts/load/soak.ts';
import { gorodServe } from './support/cli-server.ts';

/* `npm run load` sends a million of them and tells the memory. */
test('good, bad, slow and aborted requests each get what they should, and nothing is left of them', async () => {
  await using server = await gorodServe(['--detector', 'local']);
  const result = await soak({ origin: server.origin, requests: 3000, connections: 32, seed: 7, looks: 3 });
  expect(result.wrong).toEqual([]);
  expect(Object.values(result.sent).reduce((sum, count) => sum + count)).toBe(3000);
  for (const count of Object.values(result.sent)) expect(count).toBeGreaterThan(100);
  for (const { residentMb } of result.looks) expect(residentMb).toBeGreaterThan(0);
  const metrics = await (await fetch(`${server.origin}/metrics`)).text();
  expect(metrics).toMatch(/^gorod_http_requests_open 0$/m);
  server.child.kill('SIGTERM');
  expect(await server.ended()).toBe(0);
  const errors = server
    .stderr()
    .split('\n')
    .filter((line) => /"level":[56]0/.test(line));
  expect(errors).toEqual([]);
});
