import { LANGUAGES, type Language } from '../languages.ts';
import { givenEarly } from './given-early.ts';
import type { Environment } from './resolve.ts';

/** The language that the arguments or the environment ask for, read before anything else is: errors are told in it too. */
export function messageLanguage(args: readonly string[], env: Environment): Language {
  const given = givenEarly('lang', args, env);
  return LANGUAGES.find((language) => language === given) ?? 'en';
}
