import { readHeader } from '../columns/read-header.ts';
import type { HeaderWords } from '../encoding/recognise.ts';

/** The headers that speak for an encoding in which they can be read. */
export const knownHeaders: HeaderWords = {
  has(header) {
    const { role, unrelated } = readHeader(header);
    return role !== undefined || unrelated;
  },
};
