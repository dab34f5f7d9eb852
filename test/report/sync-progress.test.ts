import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { syncBar } from '../../src/report/sync-progress.ts';

test('where there is no terminal a line is written every half minute, with the time left', async () => {
  const stream = new PassThrough({ encoding: 'utf8' });
  let time = 0;
  const bar = await syncBar(stream, () => time);
  bar.cities(1000);
  time = 30_000;
  bar.cities(2000);
  bar.postcodes(100, 2000);
  time = 59_999;
  bar.postcodes(300, 2000);
  time = 90_000;
  bar.postcodes(700, 2000);
  time = 120_000;
  bar.postcodes(701, 100_000);
  bar.stop();
  expect(stream.read()).toBe(
    'gorod: 2000 cities read\ngorod: postcodes of 700 of 2000 cities, 3 min left\n' +
      'gorod: postcodes of 701 of 100000 cities, 4 h left\n',
  );
});

test('on a terminal there is a bar, which is gone at the end', async () => {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), {
    isTTY: true,
    columns: 100,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  });
  const bar = await syncBar(stream);
  bar.cities(1000);
  bar.postcodes(10, 20);
  bar.stop();
  expect(stream.read()).toContain('postcodes of 10 of 20 cities');
});
