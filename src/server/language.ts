import { LANGUAGES, type Language } from '../languages.ts';

/** The language named by `?lang=`; undefined for any other text. */
export function namedLanguage(name: unknown): Language | undefined {
  return LANGUAGES.find((language) => language === name);
}

/** The one of our languages that an Accept-Language header wants most; `fallback` where it wants none of them. */
export function preferredLanguage(header: string | undefined, fallback: Language): Language {
  if (header === undefined || header === '*') return fallback;
  let best: Language | undefined;
  let bestWeight = 0;
  for (const part of header.split(',')) {
    const [range = '', ...parameters] = part.split(';');
    const language = namedLanguage(range.trim().split('-')[0]?.toLowerCase());
    const weight = weightOf(parameters);
    if (language === undefined || weight <= bestWeight) continue;
    best = language;
    bestWeight = weight;
  }
  return best ?? fallback;
}

function weightOf(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const [, weight] = /^\s*q\s*=\s*(\d(?:\.\d+)?)\s*$/i.exec(parameter) ?? [];
    if (weight !== undefined) return Number(weight);
  }
  return 1;
}
