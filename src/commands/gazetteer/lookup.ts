import type { CommandModule } from 'yargs';
import { DETECTOR_OPTIONS } from '../../config/detector-options.ts';
import { type Arguments, resolveOptions } from '../../config/resolve.ts';
import { yargsOptions } from '../../config/yargs-options.ts';
import type { CandidateSet, Place } from '../../gazetteer/gazetteer.ts';
import type { Terminal } from '../terminal.ts';

const LOOKUP_OPTIONS = { gazetteer: DETECTOR_OPTIONS.gazetteer };

/** `gorod gazetteer lookup QUERY`: the places of a postcode or of a name in any spelling, as JSON. */
export function lookupCommand(terminal: Terminal): CommandModule<object, Arguments> {
  return {
    command: 'lookup <query..>',
    describe: 'Look up a postcode of six digits or the name of a place; prints JSON',
    builder: (yargs) =>
      yargs
        .positional('query', {
          type: 'string',
          array: true,
          describe: 'Postcode, or a name in Cyrillic or any romanization',
        })
        .options(yargsOptions(LOOKUP_OPTIONS))
        .example('$0 gazetteer lookup 675000', '')
        .example('$0 gazetteer lookup Blagoveshchensk', ''),
    handler: async (args) => {
      const { gazetteer: file } = resolveOptions(LOOKUP_OPTIONS, args, terminal.env);
      const { builtinGazetteerFile } = await import('../../gazetteer/builtin-file.ts');
      const { openGazetteer } = await import('../../gazetteer/sqlite-gazetteer.ts');
      const { fold } = await import('../../toponym/fold.ts');
      const gazetteer = openGazetteer(file ?? builtinGazetteerFile());
      try {
        const query = (args.query as string[]).join(' ').trim();
        const found = /^\d{6}$/.test(query)
          ? byPostcode(query, gazetteer.candidates(query))
          : { name: query, folded: fold(query), places: gazetteer.named(fold(query)).map(shown) };
        terminal.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
      } finally {
        gazetteer.close();
      }
    },
  };
}

function byPostcode(postcode: string, set: CandidateSet): object {
  const { basis, owners, subjects, around } = set;
  return { postcode, basis, subjects, places: owners.map(shown), placesAround: around.length };
}

/** A place without the folded forms and numbering that mean nothing outside the file. */
function shown({ id: _, names, ...facts }: Place): object {
  return { ...facts, names: names.map(({ text, kind }) => (kind === 'official' ? text : `${text} (${kind})`)) };
}
