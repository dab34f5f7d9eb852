/** Counts the lines of a text from `first` on, as editors do: a lone `\r` ends one only where `\n` never does. */
export function lineCounter(first = 1) {
  let newlines = 0;
  let carriageReturns = 0;
  return {
    count(text: string) {
      newlines += occurrences(text, '\n');
      if (newlines === 0) carriageReturns += occurrences(text, '\r');
    },
    current: () => first + (newlines || carriageReturns),
  };
}

function occurrences(text: string, mark: string): number {
  let found = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) found += 1;
  return found;
}
