import type { Detector } from '../../src/detector/detector.ts';

/** Answers everything at once, with the address as the only possible city. */
export const echoing: Detector = {
  id: 'scripted',
  recall: (queries) =>
    queries.map((query) => ({
      kind: 'answered',
      source: 'api',
      detection: { status_code: 'ERR_MANY_CITIES_IN_ADDRESS', possible_cities: [query.address] },
    })),
  ask: async () => {
    throw new Error('everything is recalled');
  },
};
