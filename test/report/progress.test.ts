import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { emptyTally, type Tally } from '../../src/pipeline/tally.ts';
import { measurePace, type Pace } from '../../src/report/pace.ts';
import { renderPace } from '../../src/report/pace-text.ts';
import { barProgress, type ProgressOptions, silentProgress, toldProgress } from '../../src/report/progress.ts';

interface ByHand extends ProgressOptions {
  readonly tick: () => void;
  readonly wait: (ms: number) => void;
  readonly isTicking: () => boolean;
}

/** Progress of a job whose clock and ticks are moved by hand. */
function byHand(tally: Tally, meter = { requests: 0 }, inputBytes: number | undefined = 1000): ByHand {
  let now = 0;
  let ticking: (() => void) | undefined;
  return {
    tally,
    meter,
    inputBytes: () => inputBytes,
    now: () => now,
    ticks: (tick) => {
      ticking = tick;
      return () => {
        ticking = undefined;
      };
    },
    tick: () => ticking?.(),
    wait: (ms) => {
      now += ms;
    },
    isTicking: () => ticking !== undefined,
  };
}

describe('the pace', () => {
  test('is measured from the beginning, and tells the time that is left', () => {
    const tally = Object.assign(emptyTally(), { cacheHits: 3, deferred: 1 });
    const meter = { requests: 0 };
    const { now, wait } = byHand(tally);
    const pace = measurePace({ tally, meter, ...(now === undefined ? {} : { now }) });
    wait(4000);
    tally.rowsOut = 10;
    meter.requests = 6;
    pace.advance(10, 250);
    expect(pace.pace(1000)).toEqual({
      rows: 10,
      rowsPerSecond: 2.5,
      requests: 6,
      requestsPerSecond: 1.5,
      cacheHits: 3,
      deferred: 1,
      percent: 25,
      secondsLeft: 12,
    });
  });

  test('counts the rows of an earlier attempt as done, but not as fast', () => {
    const tally = emptyTally();
    const { now, wait } = byHand(tally);
    const pace = measurePace({ tally, meter: { requests: 0 }, ...(now === undefined ? {} : { now }) });
    wait(1000);
    tally.rowsOut = 60;
    pace.advance(10, 100);
    expect(pace.pace(1000)).toMatchObject({ rows: 60, rowsPerSecond: 10, percent: 60, secondsLeft: 4 });
  });

  test('knows no end where nobody knows how much there is, and none before the first row', () => {
    const tally = Object.assign(emptyTally(), { rowsOut: 5 });
    const pace = measurePace({ tally, meter: { requests: 0 } });
    expect(pace.pace(1000)).not.toHaveProperty('percent');
    pace.advance(5, 50);
    expect(pace.pace(undefined)).not.toHaveProperty('secondsLeft');
  });

  test('is never beyond the end', () => {
    const tally = Object.assign(emptyTally(), { rowsOut: 5 });
    const pace = measurePace({ tally, meter: { requests: 0 } });
    pace.advance(5, 5000);
    expect(pace.pace(1000)).toMatchObject({ percent: 100, secondsLeft: 0 });
  });
});

describe('the pace in words', () => {
  const FULL: Pace = {
    rows: 1200,
    rowsPerSecond: 9.5,
    requests: 900,
    requestsPerSecond: 7,
    cacheHits: 300,
    deferred: 2,
    percent: 40,
    secondsLeft: 3665,
  };

  test.each([
    ['en', '40%, rows 1200 (9.5/s), requests 900 (7/s), from the cache 300, deferred 2, 1:01:05 left'],
    ['zh', '40%, 行数 1200（9.5/秒）, 请求 900（7/秒）, 缓存命中 300, 待重试 2, 剩余 1:01:05'],
    ['ru', '40%, строк 1200 (9.5/с), запросов 900 (7/с), из кэша 300, отложено 2, осталось 1:01:05'],
  ] as const)('in %s', (language, text) => {
    expect(renderPace(FULL, language)).toBe(text);
  });

  test('leaves out what there is none of', () => {
    const bare = { rows: 7, rowsPerSecond: 7, requests: 0, requestsPerSecond: 0, cacheHits: 0, deferred: 0 };
    expect(renderPace(bare, 'en')).toBe('rows 7 (7/s)');
  });
});

describe('plain lines', () => {
  test('come with every tick and once at the end', () => {
    const tally = emptyTally();
    const job = byHand(tally);
    const told: number[] = [];
    const progress = toldProgress(({ rows }) => told.push(rows), { ...job, last: false });
    tally.rowsOut = 3;
    job.tick();
    tally.rowsOut = 5;
    progress.stop();
    expect(told).toEqual([3, 5]);
    expect(job.isTicking()).toBe(false);
  });

  test('do not come at the end of a short job, unless that is asked for', () => {
    const told: Pace[] = [];
    const options = byHand(emptyTally());
    toldProgress((pace) => told.push(pace), { ...options, last: false }).stop();
    expect(told).toHaveLength(0);
    toldProgress((pace) => told.push(pace), { ...options, last: true }).stop();
    expect(told).toHaveLength(1);
  });
});

describe('the bar', () => {
  test.each([
    ['a file', 1000],
    ['stdin', undefined],
  ])('over %s can be moved past its end and stopped', async (_, bytes) => {
    const stream = Object.assign(new PassThrough(), { isTTY: true });
    const tally = Object.assign(emptyTally(), { rowsOut: 42 });
    const job = { ...byHand(tally), inputBytes: () => bytes };
    const progress = await barProgress(stream, { ...job, language: 'en' });
    progress.advance(1, 500);
    progress.advance(1, 2001);
    progress.stop();
    const shown = String(stream.read());
    expect(shown).toContain('rows 42');
    expect(shown.includes('█')).toBe(bytes !== undefined);
    expect(job.isTicking()).toBe(false);
  });

  test('makes room for a line of the log', async () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true });
    const progress = await barProgress(stream, { ...byHand(emptyTally()), language: 'en' });
    progress.beside(() => stream.write('before\n'));
    expect(String(stream.read())).toBe('before\n');
    progress.advance(1, 2);
    stream.read();
    progress.beside(() => stream.write('line\n'));
    expect(String(stream.read())).toContain('\r\x1b[2Kline\n');
    progress.stop();
  });
});

test('silence is silent', () => {
  silentProgress.advance(0, 0);
  let isWritten = false;
  silentProgress.beside(() => {
    isWritten = true;
  });
  silentProgress.stop();
  expect(isWritten).toBe(true);
});
