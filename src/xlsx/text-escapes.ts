const ESCAPE = /_x([0-9A-Fa-f]{4})_/g;

/** Resolves `_x000D_` and its like, by which a workbook writes characters that XML cannot hold. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(ESCAPE, (written, hex: string) => {
    const code = Number.parseInt(hex, 16);
    // Half a character is none.
    return code >= 0xd800 && code <= 0xdfff ? written : String.fromCharCode(code);
  });
}

/** `\p{Cc}` but tab and line feed, the two marks that are no characters, and what would be read as an escape. */
const UNHOLDABLE = /(?![\t\n\x7f-\x9f])\p{Cc}|[\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/gu;
const MARKUP = /[&<>]/g;
const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Writes a text for a cell of a workbook, such that `unescapeText` and XML give it back. */
export function escapeText(text: string): string {
  return text
    .replace(UNHOLDABLE, (mark) => `_x${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(MARKUP, (mark) => REFERENCES[mark] ?? mark);
}
