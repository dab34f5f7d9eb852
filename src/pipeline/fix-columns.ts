/** The columns that a person fills in a review file, as `--split` writes them and `gorod learn` reads them. */
export const FIX_COLUMNS = ['fix_postcode', 'fix_address', 'fix_city_code'] as const;

export type FixColumn = (typeof FIX_COLUMNS)[number];

/** Where the fix columns stand in a file, whatever their case; one that is not there is absent. */
export function findFixColumns(headers: readonly string[]): ReadonlyMap<FixColumn, number> {
  const plain = headers.map((header) => header.trim().toLowerCase());
  return new Map(
    FIX_COLUMNS.flatMap((name) => {
      const column = plain.indexOf(name);
      return column === -1 ? [] : [[name, column]];
    }),
  );
}
