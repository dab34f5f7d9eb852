import { describe, expect, test } from 'vitest';
import {
  date,
  delimiter,
  duration,
  endpointUrl,
  httpUrl,
  integer,
  number,
  share,
  text,
} from '../../src/config/parsers.ts';

describe('a number', () => {
  test.each([
    ['10', 10],
    ['0.5', 0.5],
    [' 3 ', 3],
    ['1e2', 100],
  ])('%j is %d', (given, value) => {
    expect(number({ min: 0 })(given)).toBe(value);
  });

  test.each(['', ' ', 'ten', '1,5', 'NaN', 'Infinity', '10/s'])('is not %j', (given) => {
    expect(() => number({ min: 0 })(given)).toThrow('must be a number');
  });

  test('keeps within its bounds', () => {
    expect(() => number({ min: 0.01 })('0')).toThrow('must be at least 0.01');
    expect(() => number({ min: 1, max: 5 })('6')).toThrow('must be from 1 to 5');
    expect(number({ min: 1, max: 5 })('5')).toBe(5);
  });
});

describe('a whole number', () => {
  test('is read', () => {
    expect(integer({ min: 0 })('0')).toBe(0);
    expect(integer({ min: -5 })('-5')).toBe(-5);
  });

  test.each(['', '1.0', '1e3', ' 1', 'x'])('is not %j', (given) => {
    expect(() => integer({ min: 0 })(given)).toThrow('must be a whole number');
  });

  test('keeps within its bounds', () => {
    expect(() => integer({ min: 1 })('0')).toThrow('must be at least 1');
    expect(() => integer({ min: 1, max: 1000 })('1001')).toThrow('must be from 1 to 1000');
  });
});

describe('a length of time', () => {
  test.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['1.5h', 5_400_000],
    ['30d', 2_592_000_000],
    ['2w', 1_209_600_000],
    ['0d', 0],
  ])('%s is %d ms', (given, ms) => {
    expect(duration(given)).toBe(ms);
  });

  test.each(['', '30', 'd', '-1d', '1 d', '1y', '1d2h'])('is not %j', (given) => {
    expect(() => duration(given)).toThrow('such as 90s, 12h or 30d');
  });
});

describe('an address of a service', () => {
  test.each(['http://127.0.0.1:8080/api/v2/detect-city', 'https://int.cdek-express.cn/api/v2/detect-city'])(
    'is %s',
    (given) => {
      expect(httpUrl(given)).toBe(given);
    },
  );

  test.each(['', 'localhost:8080', 'ftp://host/x', 'file:///etc/passwd', '/api'])('is not %j', (given) => {
    expect(() => httpUrl(given)).toThrow('http or https');
  });

  test('holds no password', () => {
    expect(() => httpUrl('https://user:secret@host/x')).toThrow('must not hold a user name or password');
    expect(() => httpUrl('https://user:secret@host/x')).not.toThrow('secret');
  });
});

describe('a delimiter', () => {
  test.each([
    [',', ','],
    [';', ';'],
    ['tab', '\t'],
    ['\\t', '\t'],
    ['\t', '\t'],
    ['pipe', '|'],
    ['^', '^'],
  ])('%j is %j', (given, mark) => {
    expect(delimiter(given)).toBe(mark);
  });

  test.each(['', '"', '\n', '\r', ',,', 'constructor'])('is not %j', (given) => {
    expect(() => delimiter(given)).toThrow('must be one character');
  });
});

test('a text is not empty', () => {
  expect(text('a b')).toBe('a b');
  expect(() => text('  ')).toThrow('must not be empty');
});

describe('a day', () => {
  test.each(['2018-04-01', '2024-02-29'])('is %s', (given) => {
    expect(date(given)).toBe(given);
  });

  test.each(['', '2018-4-1', '2018-02-30', '2023-02-29', '2018-13-01', '01.04.2018', '2018-04-01T00:00:00Z'])(
    'is not %j',
    (given) => {
      expect(() => date(given)).toThrow('must be a day such as 2018-04-01');
    },
  );
});

describe('an endpoint', () => {
  test('is an address, or the name of a host of CDEK', () => {
    expect(endpointUrl('http://127.0.0.1:1/x')).toBe('http://127.0.0.1:1/x');
    expect(endpointUrl('v2-test')).toBe('https://api.edu.cdek.ru');
  });

  test.each([
    ['v3', 'or one of detect-city, v2, v2-test'],
    ['ftp://a/', 'must be an http or https address'],
    ['https://user:password@a/', 'must not hold a user name or password'],
  ])('is not %s', (given, message) => {
    expect(() => endpointUrl(given)).toThrow(message);
  });
});

describe('a share', () => {
  test.each([
    ['1%', 0.01],
    ['99.5 %', 0.995],
    ['0%', 0],
    ['100%', 1],
  ])('%s is %s', (given, of) => {
    expect(share(given)).toBeCloseTo(of, 10);
  });

  test.each(['', '1', '0.01', '101%', '-1%', '%', '1%%'])('is not %j', (given) => {
    expect(() => share(given)).toThrow('must be a share from 0% to 100%, such as 1%');
  });
});
