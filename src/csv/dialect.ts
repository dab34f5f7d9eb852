/** How a CSV text is written. */
export interface Dialect {
  readonly delimiter: string;
  /** What ends its lines; the output ends its own with the same. */
  readonly eol: '\n' | '\r\n' | '\r';
}

export const DELIMITERS = [',', ';', '\t', '|'] as const;

const SAMPLE_LINES = 20;

/**
 * Tells the dialect from the beginning of a text. The delimiter is the candidate that cuts the header into most
 * columns and does so on the following lines too; marks and line ends inside quotation marks do not count.
 */
export function sniffDialect(beginning: string): Dialect {
  const plain = unquoted(beginning);
  const eol = sniffEol(plain);
  const lines = plain
    .split(eol)
    .filter((line) => line !== '')
    .slice(0, SAMPLE_LINES);
  const [header = '', ...rows] = lines;
  let best: string = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const columns = occurrences(header, delimiter);
    const agreeing = rows.filter((row) => occurrences(row, delimiter) === columns).length;
    const score = columns * (1 + agreeing / (rows.length || 1));
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return { delimiter: best, eol };
}

function sniffEol(text: string): Dialect['eol'] {
  const newline = text.indexOf('\n');
  if (newline === -1) return text.includes('\r') ? '\r' : '\n';
  return text[newline - 1] === '\r' ? '\r\n' : '\n';
}

function unquoted(text: string): string {
  return text.replace(/"[^"]*"/g, '');
}

function occurrences(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
