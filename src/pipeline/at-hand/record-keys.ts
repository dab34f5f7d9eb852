/**
 * What the keys of records begin with that are not the cells of a question as they stand: no cell of a plain row begins
 * with a line break.
 */
export const KEY_OF = {
  /** A question with its amount. */
  exactQuestion: '\n',
  enrichment: '\r',
  rowKind: '\r\r',
} as const;
