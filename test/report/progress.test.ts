import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { emptyTally } from '../../src/pipeline/tally.ts';
import { silentProgress, terminalProgress } from '../../src/report/progress.ts';

function terminal(): PassThrough & { isTTY: boolean } {
  return Object.assign(new PassThrough(), { isTTY: true });
}

test.each([
  ['a file', 1000],
  ['stdin', undefined],
])('the bar over %s can be moved past its end and stopped', async (_, bytes) => {
  const stream = terminal();
  const tally = Object.assign(emptyTally(), { rowsOut: 42 });
  const progress = await terminalProgress(stream, bytes, tally);
  progress.advance([{ text: 'x'.repeat(499) }]);
  progress.advance([{ text: 'x'.repeat(2000) }]);
  progress.stop();
  expect(String(stream.read())).toContain('rows');
});

test('silence is silent', () => {
  silentProgress.advance([]);
  silentProgress.stop();
});
