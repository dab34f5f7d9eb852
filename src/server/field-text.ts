import { phrase, type Texts } from '../languages.ts';

/** What a validator found wrong with a body. */
interface Fault {
  readonly instancePath: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly message?: string | undefined;
}

/** Says which field of a question is wrong, and what it has to be, without what was sent. */
export function fieldText(fault: Fault | undefined): Texts {
  const field = fault?.instancePath.replace(/^\//, '').replaceAll('/', '.') ?? '';
  const types = [fault?.params?.type ?? 'object'].flat().join(' / ');
  return field === '' ? BODY(types) : FIELD(field, types);
}

const FIELD = phrase({
  en: (field: string, types: string) => `${field} must be ${types}`,
  zh: (field, types) => `${field} 应为 ${types}`,
  ru: (field, types) => `${field} — нужно ${types}`,
});

const BODY = phrase({
  en: (types: string) => `the body must be ${types}`,
  zh: (types) => `请求内容应为 ${types}`,
  ru: (types) => `тело запроса — нужно ${types}`,
});
