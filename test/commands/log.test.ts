import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { jsonLog, type Log, loggedText, textLog } from '../../src/commands/log.ts';
import { logFormatOf } from '../../src/config/log-format.ts';

const NOW = Date.UTC(2026, 10, 22, 3, 0, 0);

function written(use: (log: Log, stream: PassThrough) => void, make: (stream: PassThrough) => Log): readonly string[] {
  const stream = new PassThrough({ encoding: 'utf8' });
  use(make(stream), stream);
  return String(stream.read() ?? '')
    .split('\n')
    .slice(0, -1);
}

const json = (stream: PassThrough) => jsonLog(stream, () => NOW);

describe('lines for people', () => {
  test('begin with the name of the program, but for blocks', () => {
    const lines = written((log) => {
      log({ level: 'info', event: 'a', text: 'one' });
      log({ level: 'info', event: 'b', text: 'two\nthree', isBlock: true });
    }, textLog);
    expect(lines).toEqual(['gorod: one', 'two', 'three']);
  });

  test('cannot steer the terminal', () => {
    expect(written((log) => log({ level: 'info', event: 'a', text: 'a\x1b[31m' }), textLog)).toEqual([
      'gorod: a\ufffd[31m',
    ]);
  });
});

describe('lines for programs', () => {
  test('are one JSON object each', () => {
    const lines = written((log) => {
      log({ level: 'warn', event: 'left', text: 'two\nlines', fields: { code: 'X' } });
    }, json);
    expect(lines).toEqual([
      '{"time":"2026-11-22T03:00:00.000Z","level":"warn","event":"left","code":"X","message":"two\\nlines"}',
    ]);
  });

  test('are also made of what is written as text, however it is cut; JSON passes', () => {
    const lines = written((log, stream) => {
      const text = loggedText(log, stream);
      text.write('gorod: o');
      text.write('ne\n\ntwo\n{"level":"info"}\nthree');
      text.end();
    }, json);
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(['one', 'two', undefined, 'three']);
    expect(lines[2]).toBe('{"level":"info"}');
  });
});

describe('the log format', () => {
  test.each([
    [['run', 'a', '--log-format', 'json'], {}, 'json'],
    [['run', 'a', '--log-format=json'], {}, 'json'],
    [['run', '--log-format=json', '--log-format', 'text'], {}, 'text'],
    [['run', 'a'], { GOROD_LOG_FORMAT: 'json' }, 'json'],
    [['run', 'a', '--log-format', 'text'], { GOROD_LOG_FORMAT: 'json' }, 'text'],
    [['run', '--', '--log-format=json'], {}, 'text'],
    [['run', '--log-format'], {}, 'text'],
    [['run', '--log-format', 'xml'], {}, 'text'],
  ])('of %j with %j is %s', (args, env, format) => {
    expect(logFormatOf(args, env)).toBe(format);
  });
});
