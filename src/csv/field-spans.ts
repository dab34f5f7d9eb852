/** Where one cell stands in the text of its record: from `start` up to, not including, `end`, quotation marks included. */
export interface FieldSpan {
  readonly start: number;
  readonly end: number;
}

/** The cells of a sound record as spans of its text, so that one can be replaced and the others kept to the byte. */
export function fieldSpans(text: string, delimiter: string): readonly FieldSpan[] {
  const spans: FieldSpan[] = [];
  let start = 0;
  for (;;) {
    const end = fieldEnd(text, start, delimiter);
    spans.push({ start, end });
    if (end >= text.length) return spans;
    start = end + 1;
  }
}

function fieldEnd(text: string, start: number, delimiter: string): number {
  let from = start;
  if (text[start] === '"') {
    let close = text.indexOf('"', start + 1);
    while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
    from = close === -1 ? text.length : close + 1;
  }
  const next = text.indexOf(delimiter, from);
  return next === -1 ? text.length : next;
}
