import { describe, expect, test } from 'vitest';
import { DETECT_OPTIONS } from '../../src/config/detect-options.ts';
import { DETECTOR_OPTIONS } from '../../src/config/detector-options.ts';
import { choice, list, optional, toggle, value } from '../../src/config/option.ts';
import { duration, integer, text } from '../../src/config/parsers.ts';
import { type Arguments, type Environment, flagName, resolveOptions, variableName } from '../../src/config/resolve.ts';
import { RUN_OPTIONS } from '../../src/config/run-options.ts';
import { yargsOptions } from '../../src/config/yargs-options.ts';

const COMMON = { group: 'G', describe: 'D' };
const TABLE = {
  maxRate: value({ ...COMMON, default: 10 }, integer({ min: 1 })),
  keyFile: optional(COMMON, text),
  lang: choice({ ...COMMON, default: 'en' }, ['en', 'ru']),
  endpoint: list(COMMON),
  quiet: toggle({ ...COMMON, alias: 'q' }),
};

function resolve(args: Arguments = {}, env: Environment = {}) {
  return resolveOptions(TABLE, args, env);
}

describe('resolveOptions', () => {
  test('takes flags over the environment over the defaults', () => {
    const defaults = { maxRate: 10, keyFile: undefined, lang: 'en', endpoint: [], quiet: false };
    const env = { GOROD_MAX_RATE: '5', GOROD_KEY_FILE: 'e', GOROD_LANG: 'ru', GOROD_ENDPOINT: 'a,b', GOROD_QUIET: '1' };
    const args = { 'max-rate': '3', 'key-file': 'f', lang: 'en', endpoint: ['c'], quiet: true };
    expect(resolve()).toEqual(defaults);
    expect(resolve({}, env)).toEqual({ maxRate: 5, keyFile: 'e', lang: 'ru', endpoint: ['a', 'b'], quiet: true });
    expect(resolve(args, env)).toEqual({ maxRate: 3, keyFile: 'f', lang: 'en', endpoint: ['c'], quiet: true });
  });

  test('takes an empty variable for none', () => {
    const env = { GOROD_MAX_RATE: '', GOROD_KEY_FILE: '', GOROD_LANG: '', GOROD_ENDPOINT: '', GOROD_QUIET: '' };
    expect(resolve({}, env)).toEqual(resolve());
  });

  test.each([
    ['1', true],
    ['TRUE', true],
    ['yes', true],
    ['on', true],
    ['0', false],
    ['false', false],
    ['No', false],
    ['off', false],
  ])('reads the switch variable %s as %s', (given, on) => {
    expect(resolve({}, { GOROD_QUIET: given }).quiet).toBe(on);
  });

  test('lets a flag switch off what the environment switched on', () => {
    expect(resolve({ quiet: false }, { GOROD_QUIET: '1' }).quiet).toBe(false);
    expect(resolve({ quiet: [true, true] }).quiet).toBe(true);
  });

  test('freezes what it found', () => {
    expect(Object.isFrozen(resolve())).toBe(true);
  });

  test.each<[Arguments, Environment, string]>([
    [{ 'max-rate': 'fast' }, {}, '--max-rate: must be a whole number, not "fast".'],
    [{}, { GOROD_MAX_RATE: 'fast' }, 'GOROD_MAX_RATE: must be a whole number, not "fast".'],
    [{ 'max-rate': '0' }, {}, '--max-rate: must be at least 1.'],
    [{ 'max-rate': '' }, {}, '--max-rate: must be a whole number, not "".'],
    [{ 'max-rate': ['1', '2'] }, {}, '--max-rate: given 2 times.'],
    [{ 'key-file': '' }, {}, '--key-file: must not be empty.'],
    [{ lang: 'de' }, {}, '--lang: must be one of en, ru.'],
    [{}, { GOROD_LANG: 'EN' }, 'GOROD_LANG: must be one of en, ru.'],
    [{}, { GOROD_QUIET: 'maybe' }, 'GOROD_QUIET: must be on or off.'],
  ])('refuses %j %j with "%s"', (args, env, message) => {
    expect(() => resolve(args, env)).toThrow(expect.objectContaining({ code: 'BAD_OPTION', exitCode: 2, message }));
  });

  test('does not look at a variable that a flag overrules', () => {
    expect(resolve({ 'max-rate': '2' }, { GOROD_MAX_RATE: 'fast' }).maxRate).toBe(2);
  });
});

describe('names', () => {
  test('of flags and variables follow from the option', () => {
    expect(flagName('developerKeyFile')).toBe('developer-key-file');
    expect(variableName('developerKeyFile')).toBe('GOROD_DEVELOPER_KEY_FILE');
    expect(variableName('ttl')).toBe('GOROD_TTL');
  });
});

describe("gorod's own tables", () => {
  const ALL = { ...DETECTOR_OPTIONS, ...RUN_OPTIONS };

  test('have the defaults that the documents promise', () => {
    expect(resolveOptions(ALL, {}, {})).toMatchObject({
      detector: 'auto',
      endpoint: [],
      fiasOnly: false,
      country: 'ru',
      rate: 10,
      concurrency: 8,
      timeout: 10,
      retries: 5,
      noCache: false,
      ttl: duration('30d'),
      negativeTtl: duration('3d'),
      refresh: false,
      badRows: 'stop',
      prefix: 'cdek_',
      overwriteColumns: false,
      lang: 'en',
      quiet: false,
    });
  });

  test('share no name and no alias between them', () => {
    const shared = Object.keys(DETECTOR_OPTIONS).filter((name) => name in RUN_OPTIONS || name in DETECT_OPTIONS);
    expect(shared).toEqual([]);
    const aliases = Object.values(ALL).flatMap((option) => ('alias' in option && option.alias ? [option.alias] : []));
    expect(new Set(aliases).size).toBe(aliases.length);
  });

  test.each<[Arguments, string]>([
    [{ rate: '0' }, '--rate: must be at least 0.01.'],
    [{ concurrency: '0' }, '--concurrency: must be from 1 to 1000.'],
    [{ retries: '-1' }, '--retries: must be at least 0.'],
    [{ endpoint: ['http://a/', 'b'] }, '--endpoint: must be an http or https address, or one of detect-city, v2'],
    [{ ttl: '30' }, '--ttl: must be a time such as 90s, 12h or 30d, not "30".'],
    [{ fields: 'nope' }, '--fields: "nope" is no added column'],
    [{ columns: 'zip' }, '--columns: "zip" is not ROLE=HEADER'],
    [{ delimiter: '::' }, '--delimiter: must be one character'],
    [{ limit: '0' }, '--limit: must be at least 1.'],
  ])('refuse %j', (args, message) => {
    expect(() => resolveOptions(ALL, args, {})).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(() => resolveOptions(ALL, args, {})).toThrow(message);
  });

  test('read what they are given', () => {
    const args = { endpoint: [' http://127.0.0.1:1/a '], columns: 'postcode=zip', fields: 'status', country: 'RU' };
    expect(resolveOptions(ALL, args, {})).toMatchObject({
      endpoint: ['http://127.0.0.1:1/a'],
      columns: { postcode: ['zip'] },
      fields: ['status'],
      country: 'ru',
    });
  });
});

describe('yargsOptions', () => {
  test('explain each option with its variable and default', () => {
    expect(yargsOptions(TABLE)).toEqual({
      'max-rate': { group: 'G:', describe: 'D  [GOROD_MAX_RATE] [default: 10]', type: 'string', requiresArg: true },
      'key-file': { group: 'G:', describe: 'D  [GOROD_KEY_FILE]', type: 'string', requiresArg: true },
      lang: expect.objectContaining({ describe: 'D  [GOROD_LANG] [choices: en, ru] [default: en]' }),
      endpoint: expect.objectContaining({ array: true, requiresArg: true }),
      quiet: { group: 'G:', describe: 'D  [GOROD_QUIET]', type: 'boolean', alias: 'q' },
    });
  });
});
