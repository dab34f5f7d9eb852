import { columnName } from './quote-headers.ts';
import type { FoundColumns } from './roles.ts';

/** The chosen columns in one line: postcode "Zip", address "Street" + "City", COD "Amount". */
export function describeColumns({ map }: FoundColumns, headers: readonly string[]): string {
  return roles(map)
    .map(({ role, columns }) => {
      const names = columns.map((column) => columnName(headers, column)).join(' + ');
      return `${role} ${names === '' ? 'from the address' : names}`;
    })
    .join(', ');
}

/** The chosen columns with the reason for each, a line a role. */
export function explainColumns({ map, reasons }: FoundColumns, headers: readonly string[]): readonly string[] {
  return roles(map).map(({ role, columns }) => {
    const names = columns.map((column) => {
      const { why = 'header', detail } = reasons.get(column) ?? {};
      return `${columnName(headers, column)} (${WHY[why]}${detail === undefined ? '' : `; ${detail}`})`;
    });
    return `${role.padEnd(10)} ${names.length === 0 ? 'from the address' : names.join(' + ')}`;
  });
}

const WHY = {
  header: 'by its header',
  values: 'by its cells alone',
  named: 'as --columns says',
  preset: 'as the preset says',
} as const;

interface RoleColumns {
  readonly role: string;
  readonly columns: readonly number[];
}

function roles({ postcode, address, cod, country }: FoundColumns['map']): readonly RoleColumns[] {
  const some = (role: string, column: number | undefined) =>
    column === undefined ? [] : [{ role, columns: [column] }];
  return [
    { role: 'postcode', columns: postcode === undefined ? [] : [postcode] },
    { role: 'address', columns: address },
    ...some('COD', cod),
    ...some('country', country),
  ];
}
