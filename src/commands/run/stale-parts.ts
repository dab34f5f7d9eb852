import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Language, phrase } from '../../languages.ts';
import { splitPaths } from '../../pipeline/split-paths.ts';
import type { LogLine } from '../log.ts';

const MOST_SHOWN = 8;

/**
 * Warns of parts that an earlier `--split` made of outputs that have been written anew without it; undefined where there are
 * none. They stay as they are, for a person may have filled them in. `own`: what the command read or wrote itself.
 */
export function stalePartsLine(
  outputs: readonly (string | undefined)[],
  own: readonly string[],
  language: Language,
): LogLine | undefined {
  const known = new Set(own.map((path) => resolve(path)));
  const parts = outputs.flatMap((output) => (output === undefined || output === '-' ? [] : partsOf(output)));
  const files = parts.filter((part) => !known.has(resolve(part)));
  if (files.length === 0) return undefined;
  const more = files.length > MOST_SHOWN ? `, … (+${files.length - MOST_SHOWN})` : '';
  const text = STALE(files.slice(0, MOST_SHOWN).join(', ') + more)[language];
  return { level: 'warn', event: 'parts_stale', text, fields: { files } };
}

function partsOf(output: string): readonly string[] {
  return Object.values(splitPaths(output)).filter((part) => existsSync(part));
}

const STALE = phrase<[files: string]>({
  en: (files) => `parts of an earlier run, not of this one, do not ship from them: ${files}; --split writes them anew`,
  zh: (files) => `以下文件来自之前的运行，不是本次的结果，请勿据此发货：${files}；加上 --split 会重新写出`,
  ru: (files) => `части прежнего запуска, не этого, по ним не отправляйте: ${files}; --split запишет их заново`,
});
