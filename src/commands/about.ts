/** What the list of commands says of each; in this order. */
export const ABOUT = {
  run: {
    command: 'run <input..>',
    describe: 'Enrich shipment CSVs with CDEK cities, FIAS GUIDs and COD flags',
  },
  check: {
    command: 'check <input..>',
    describe: 'Judge shipment files before import, without writing a result',
  },
  retry: {
    command: 'retry <file>',
    describe: 'Ask the deferred rows of an enriched CSV again',
  },
  learn: {
    command: 'learn [file]',
    describe: 'Take what a person filled in of a review file, so that it wins from then on',
  },
  detect: {
    command: 'detect',
    describe: 'Answer one question; prints the JSON that detect-city would, and the verdict on stderr',
  },
  serve: {
    command: 'serve',
    describe: 'Answer detect-city over HTTP: offline, or as a caching proxy before CDEK',
  },
  cache: {
    command: 'cache',
    describe: 'Look after the cache of answers',
  },
  gazetteer: {
    command: 'gazetteer',
    describe: 'Make, describe and search gazetteer files for the local detector',
  },
  auth: {
    command: 'auth',
    describe: "Check the credentials for CDEK's APIs, and make those of its old one and of gorod serve",
  },
} as const;

export type CommandName = keyof typeof ABOUT;
