/** Text that is safe to stand in a page as it is. Only `html` and `raw` make it. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: texts and numbers are escaped, markup is not, undefined and false are nothing. */
export type Part = Markup | string | number | false | undefined | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Builds markup; every value is escaped, for text and for attributes in double quotation marks alike. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = strings[0] ?? '';
  for (const [index, part] of parts.entries()) markup += rendered(part) + (strings[index + 1] ?? '');
  return { markup };
}

/** Takes a text of the program's own, never one of a file or an answer, as it is. */
export function raw(markup: string): Markup {
  return { markup };
}

function rendered(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'markup' in part ? part.markup : part.map(rendered).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
}
