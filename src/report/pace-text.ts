import type { Language } from '../languages.ts';
import type { Pace } from './pace.ts';

interface Words {
  readonly rows: (rows: string, perSecond: string) => string;
  readonly requests: (requests: string, perSecond: string) => string;
  readonly hits: (hits: string) => string;
  readonly deferred: (rows: string) => string;
  readonly left: (time: string) => string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    rows: (rows, perSecond) => `rows ${rows} (${perSecond}/s)`,
    requests: (requests, perSecond) => `requests ${requests} (${perSecond}/s)`,
    hits: (hits) => `from the cache ${hits}`,
    deferred: (rows) => `deferred ${rows}`,
    left: (time) => `${time} left`,
  },
  zh: {
    rows: (rows, perSecond) => `行数 ${rows}（${perSecond}/秒）`,
    requests: (requests, perSecond) => `请求 ${requests}（${perSecond}/秒）`,
    hits: (hits) => `缓存命中 ${hits}`,
    deferred: (rows) => `待重试 ${rows}`,
    left: (time) => `剩余 ${time}`,
  },
  ru: {
    rows: (rows, perSecond) => `строк ${rows} (${perSecond}/с)`,
    requests: (requests, perSecond) => `запросов ${requests} (${perSecond}/с)`,
    hits: (hits) => `из кэша ${hits}`,
    deferred: (rows) => `отложено ${rows}`,
    left: (time) => `осталось ${time}`,
  },
};

/** The pace on one line. What there is none of is left out. */
export function renderPace(pace: Pace, language: Language): string {
  const { rows, requests, hits, deferred, left } = WORDS[language];
  return [
    ...(pace.percent === undefined ? [] : [`${pace.percent}%`]),
    rows(String(pace.rows), String(pace.rowsPerSecond)),
    ...(pace.requests === 0 ? [] : [requests(String(pace.requests), String(pace.requestsPerSecond))]),
    ...(pace.cacheHits === 0 ? [] : [hits(String(pace.cacheHits))]),
    ...(pace.deferred === 0 ? [] : [deferred(String(pace.deferred))]),
    ...(pace.secondsLeft === undefined ? [] : [left(clock(pace.secondsLeft))]),
  ].join(', ');
}

/** `0:07`, `12:00`, `3:05:09`. */
function clock(seconds: number): string {
  const two = (count: number) => String(count).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const tail = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}
