import { expect, test } from 'vitest';
import { cacheFile } from '../../src/cache/location.ts';

test.each([
  ['linux', { XDG_CACHE_HOME: '/var/cache/me' }, '/home/me', '/var/cache/me/gorod/answers.sqlite'],
  ['linux', {}, '/home/me', '/home/me/.cache/gorod/answers.sqlite'],
  ['linux', { XDG_CACHE_HOME: '' }, '/home/me', '/home/me/.cache/gorod/answers.sqlite'],
  ['linux', { XDG_CACHE_HOME: 'relative' }, '/home/me', '/home/me/.cache/gorod/answers.sqlite'],
  ['darwin', { XDG_CACHE_HOME: '/x' }, '/Users/me', '/Users/me/Library/Caches/gorod/answers.sqlite'],
  ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\me', 'D:\\Local\\gorod\\Cache\\answers.sqlite'],
  ['win32', {}, 'C:\\Users\\me', 'C:\\Users\\me\\AppData\\Local\\gorod\\Cache\\answers.sqlite'],
])('on %s with %j the cache of %s is %s', (platform, env, home, file) => {
  expect(cacheFile(env, platform, home)).toBe(file);
});
