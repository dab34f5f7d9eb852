import { GorodError } from '../errors.ts';
import type { ColumnClues } from './clues.ts';
import type { NamedPreset } from './presets.ts';
import { list, quoted } from './quote-headers.ts';
import type { CodRule, ColumnMap, FoundColumns, Reason } from './roles.ts';
import { COLUMN_TEXTS } from './texts.ts';

/** Finds the columns of a well-known export. Throws GorodError BAD_COLUMNS where the file is another one. */
export function presetColumns(preset: NamedPreset, { file, headers }: ColumnClues): FoundColumns {
  const columnOf = (name: string): number | undefined => {
    const column = headers.findIndex((header) => same(header, name));
    return column === -1 ? undefined : column;
  };
  const lacking = neededHeaders(preset).filter((name) => columnOf(name) === undefined);
  if (lacking.length > 0) {
    const { name, title } = preset;
    throw new GorodError(
      'BAD_COLUMNS',
      COLUMN_TEXTS.otherPreset(file, name, quoted(lacking, ', '), title, list(headers)),
    );
  }
  const address = preset.address.flatMap((name) => columnOf(name) ?? []);
  const orderKey = preset.orderKey === undefined ? undefined : columnOf(preset.orderKey);
  const collected = codColumns(preset, columnOf);
  const map: ColumnMap = {
    postcode: columnOf(preset.postcode),
    address,
    country: preset.country === undefined ? undefined : columnOf(preset.country),
    cod: collected?.cod,
    ...(collected === undefined ? {} : { codRule: collected.codRule }),
    ...(orderKey === undefined ? {} : { orderKey }),
  };
  const reasons = new Map<number, Reason>();
  for (const column of [map.postcode, ...map.address, map.cod, map.country]) {
    if (column !== undefined) reasons.set(column, { why: 'preset' });
  }
  const warnings =
    preset.cod === undefined || collected !== undefined
      ? []
      : [COLUMN_TEXTS.noCod(quoted([preset.cod.amount, preset.cod.payment, preset.cod.currency], ', '))];
  return { map, reasons, warnings };
}

/** Undefined unless the file tells for every amount how it is paid and in what currency. */
function codColumns(
  { cod: spec }: NamedPreset,
  columnOf: (name: string) => number | undefined,
): { readonly cod: number; readonly codRule: CodRule } | undefined {
  if (spec === undefined) return undefined;
  const [cod, payment, currency] = [columnOf(spec.amount), columnOf(spec.payment), columnOf(spec.currency)];
  if (cod === undefined || payment === undefined || currency === undefined) return undefined;
  return { cod, codRule: { payment, currency, amountIs: spec.amountIs } };
}

/** Whether a file has the headers by which a preset stands. */
export function fitsPreset(preset: NamedPreset, headers: readonly string[]): boolean {
  return [...neededHeaders(preset), ...preset.address].every((name) => headers.some((header) => same(header, name)));
}

function neededHeaders(preset: NamedPreset): readonly string[] {
  return [preset.postcode, preset.address[0]];
}

function same(header: string, name: string): boolean {
  return header.trim().toLowerCase() === name.toLowerCase();
}
