import { joined, phrase, type Texts } from '../languages.ts';
import { columnName, some } from './quote-headers.ts';
import type { FoundColumns, Role } from './roles.ts';
import { COLUMN_TEXTS, ROLE_TEXTS, WHY_TEXTS } from './texts.ts';

/**
 * The chosen columns in one line: postcode "Zip", address "Street" + "City", COD "Amount". Where there is no COD column,
 * what follows from that, and which columns may be meant for one.
 */
export function describeColumns(found: FoundColumns, headers: readonly string[]): Texts {
  const described = roles(found.map).map(({ role, columns }) => {
    const names = columns.map((column) => columnName(headers, column));
    return joined([ROLE_TEXTS[role], names.length === 0 ? COLUMN_TEXTS.fromAddress : joined(names, ' + ')], ' ');
  });
  const uncollected = prepaid(found, headers).map(({ role, columns }) => joined([role, columns], ' '));
  return joined([...described, ...uncollected], ', ');
}

/** A role with the columns chosen for it, and the reason for each. */
export interface ExplainedRole {
  readonly role: Texts;
  readonly columns: Texts;
}

/** The chosen columns with the reason for each, by their roles; COD also where there is none. */
export function explainColumns(found: FoundColumns, headers: readonly string[]): readonly ExplainedRole[] {
  const { map, reasons } = found;
  const explainedRoles = roles(map).map(({ role, columns }) => {
    const names = columns.map((column) => {
      const { why = 'header', detail } = reasons.get(column) ?? {};
      const told = detail === undefined ? WHY_TEXTS[why] : joined([WHY_TEXTS[why], detail], '; ');
      return explained(columnName(headers, column), told);
    });
    return { role: ROLE_TEXTS[role], columns: names.length === 0 ? COLUMN_TEXTS.fromAddress : joined(names, ' + ') };
  });
  return [...explainedRoles, ...prepaid(found, headers)];
}

/** What no COD column means, said where the amounts would be missed. */
function prepaid({ map, perhapsCod = [] }: FoundColumns, headers: readonly string[]): readonly ExplainedRole[] {
  if (map.cod !== undefined) return [];
  const names = perhapsCod.map((column) => columnName(headers, column));
  const columns = names.length === 0 ? COLUMN_TEXTS.prepaid : COLUMN_TEXTS.perhapsCod(some(names, COLUMN_TEXTS.or));
  return [{ role: ROLE_TEXTS.cod, columns }];
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
