import { GorodError } from '../errors.ts';
import { joined, sentences, type Texts } from '../languages.ts';
import type { ColumnClues } from './clues.ts';
import { fitsPreset, presetColumns } from './preset-columns.ts';
import { PRESET_NAMES, presetOf } from './presets.ts';
import { resolveColumns } from './resolve-columns.ts';
import type { FoundColumns } from './roles.ts';
import { COLUMN_TEXTS } from './texts.ts';

/**
 * Finds the columns of a file: where its preset has them, else by what headers and cells tell. Throws GorodError
 * BAD_COLUMNS where they cannot be found, BAD_OPTION where a preset and `--columns` are given at one time.
 */
export function findColumns(clues: ColumnClues): FoundColumns {
  const { preset, choice, headers } = clues;
  if (preset !== undefined) {
    if (Object.keys(choice).length > 0) {
      throw new GorodError('BAD_OPTION', COLUMN_TEXTS.choiceOrPreset);
    }
    return presetColumns(presetOf(preset), clues);
  }
  const fitting =
    Object.keys(choice).length > 0 ? [] : PRESET_NAMES.filter((name) => fitsPreset(presetOf(name), headers));
  try {
    const found = resolveColumns(clues);
    return { ...found, warnings: [...found.warnings, ...fitting.map(suggestion)] };
  } catch (error) {
    if (!(error instanceof GorodError) || error.code !== 'BAD_COLUMNS' || fitting.length === 0) throw error;
    throw new GorodError(
      'BAD_COLUMNS',
      sentences(error.texts, COLUMN_TEXTS.perhaps(joined(fitting.map(suggestion), '; '))),
    );
  }
}

function suggestion(name: (typeof PRESET_NAMES)[number]): Texts {
  return COLUMN_TEXTS.perhapsPreset(presetOf(name).title, name);
}
