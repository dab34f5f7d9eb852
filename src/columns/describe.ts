import { joined, phrase, type Texts } from '../languages.ts';
import { columnName } from './quote-headers.ts';
import type { FoundColumns, Role } from './roles.ts';
import { COLUMN_TEXTS, ROLE_TEXTS, WHY_TEXTS } from './texts.ts';

/** The chosen columns in one line: postcode "Zip", address "Street" + "City", COD "Amount". */
export function describeColumns({ map }: FoundColumns, headers: readonly string[]): Texts {
  const described = roles(map).map(({ role, columns }) => {
    const names = columns.map((column) => columnName(headers, column));
    return joined([ROLE_TEXTS[role], names.length === 0 ? COLUMN_TEXTS.fromAddress : joined(names, ' + ')], ' ');
  });
  return joined(described, ', ');
}

/** A role with the columns chosen for it, and the reason for each. */
export interface ExplainedRole {
  readonly role: Texts;
  readonly columns: Texts;
}

/** The chosen columns with the reason for each, by their roles. */
export function explainColumns({ map, reasons }: FoundColumns, headers: readonly string[]): readonly ExplainedRole[] {
  return roles(map).map(({ role, columns }) => {
    const names = columns.map((column) => {
      const { why = 'header', detail } = reasons.get(column) ?? {};
      const told = detail === undefined ? WHY_TEXTS[why] : joined([WHY_TEXTS[why], detail], '; ');
      return explained(columnName(headers, column), told);
    });
    return { role: ROLE_TEXTS[role], columns: names.length === 0 ? COLUMN_TEXTS.fromAddress : joined(names, ' + ') };
  });
}

const explained = phrase({
  en: (column: string, reasons: string) => `${column} (${reasons})`,
  zh: (column, reasons) => `${column}（${reasons}）`,
  ru: (column, reasons) => `${column} (${reasons})`,
});

interface RoleColumns {
  readonly role: Role;
  readonly columns: readonly number[];
}

function roles({ postcode, address, cod, country }: FoundColumns['map']): readonly RoleColumns[] {
  const some = (role: Role, column: number | undefined) => (column === undefined ? [] : [{ role, columns: [column] }]);
  return [
    { role: 'postcode', columns: postcode === undefined ? [] : [postcode] },
    { role: 'address', columns: address },
    ...some('cod', cod),
    ...some('country', country),
  ];
}
