import { phrase, type Texts } from '../languages.ts';
import type { ValueKind } from './cell-values.ts';
import type { Role, Why } from './roles.ts';

/** The roles of columns, as they are named to people. */
export const ROLE_TEXTS: Readonly<Record<Role, Texts>> = {
  postcode: { en: 'postcode', zh: '邮编', ru: 'индекс' },
  address: { en: 'address', zh: '地址', ru: 'адрес' },
  city: { en: 'city', zh: '城市', ru: 'город' },
  region: { en: 'region', zh: '州/区', ru: 'регион' },
  cod: { en: 'COD', zh: '代收货款', ru: 'наложенный платёж' },
  country: { en: 'country', zh: '国家', ru: 'страна' },
};

/** Why a column was taken. */
export const WHY_TEXTS: Readonly<Record<Why, Texts>> = {
  header: { en: 'by its header', zh: '依据表头', ru: 'по заголовку' },
  values: { en: 'by its cells alone', zh: '仅依据单元格内容', ru: 'только по содержимому' },
  named: { en: 'as --columns says', zh: '由 --columns 指定', ru: 'так задано в --columns' },
  preset: { en: 'as the preset says', zh: '由预设指定', ru: 'так задано в пресете' },
};

/** What cells turn out to be. */
const KIND_TEXTS: Readonly<Record<ValueKind, Texts>> = {
  postcode: { en: 'postcodes', zh: '邮编', ru: 'индексы' },
  address: { en: 'addresses', zh: '地址', ru: 'адреса' },
  cod: { en: 'amounts in roubles', zh: '卢布金额', ru: 'суммы в рублях' },
  country: { en: 'countries', zh: '国家', ru: 'страны' },
};

const AND: Texts = { en: ' and ', zh: ' 和 ', ru: ' и ' };

const OR: Texts = { en: ' or ', zh: ' 或 ', ru: ' или ' };

const FROM_ADDRESS: Texts = { en: 'from the address', zh: '取自地址', ru: 'из адреса' };

const fitting = phrase({
  en: (percent: number, filled: number, kind: string) => `${percent} % of ${filled} cells are ${kind}`,
  zh: (percent, filled, kind) => `${filled} 个单元格中 ${percent} % 是${kind}`,
  ru: (percent, filled, kind) => `${percent} % ячеек из ${filled} — ${kind}`,
});

/** What is said of the columns of a file. */
export const COLUMN_TEXTS = {
  and: AND,
  or: OR,
  fromAddress: FROM_ADDRESS,
  empty: { en: 'empty', zh: '为空', ru: 'пусто' },
  unnamed: phrase({
    en: (number: number) => `column ${number}`,
    zh: (number) => `第 ${number} 列`,
    ru: (number) => `столбец ${number}`,
  }),
  headers: phrase({
    en: (names: string) => `Its headers are: ${names}.`,
    zh: (names) => `文件的表头：${names}。`,
    ru: (names) => `Заголовки в файле: ${names}.`,
  }),
  filled: phrase({
    en: (cells: number) => `${cells} cells are filled`,
    zh: (cells) => `${cells} 个单元格有内容`,
    ru: (cells) => `заполнено ячеек: ${cells}`,
  }),
  fitting: (share: number, filled: number, kind: ValueKind) =>
    fitting(Math.round(share * 100), filled, KIND_TEXTS[kind]),
  missing: phrase({
    en: (file: string, role: string, headers: string, option: string) =>
      `${file}: no ${role} column recognised. ${headers} Name it with --columns ${option}=HEADER. ` +
      'If other lines stand above the headers, delete those.',
    zh: (file, role, headers, option) =>
      `${file}：未识别出${role}列。${headers}请用 --columns ${option}=表头 指定。如果表头上方还有其他行，请先删除。`,
    ru: (file, role, headers, option) =>
      `${file}: не найден столбец «${role}». ${headers} Назовите его: --columns ${option}=ЗАГОЛОВОК. ` +
      'Если над заголовками есть другие строки, удалите их.',
  }),
  missingButOthers: phrase({
    en: (file: string, role: string, others: string, headers: string, option: string) =>
      `${file}: no ${role} column recognised (${others}: by the header not where the parcel goes, so not taken). ` +
      `${headers} Name it with --columns ${option}=HEADER.`,
    zh: (file, role, others, headers, option) =>
      `${file}：未识别出${role}列（${others}：从表头看不是收件方，因此未采用）。${headers}请用 --columns ${option}=表头 指定。`,
    ru: (file, role, others, headers, option) =>
      `${file}: не найден столбец «${role}» (${others}: судя по заголовку, это не получатель, поэтому не взят). ` +
      `${headers} Назовите его: --columns ${option}=ЗАГОЛОВОК.`,
  }),
  ambiguous: phrase({
    en: (file: string, names: string, role: string, option: string) =>
      `${file}: ${names} may each be the ${role}. Say which with --columns ${option}=HEADER (a header that occurs twice must first be renamed in the file).`,
    zh: (file, names, role, option) =>
      `${file}：${names} 都可能是${role}。请用 --columns ${option}=表头 指定（重复的表头须先在文件中改名）。`,
    ru: (file, names, role, option) =>
      `${file}: ${names} — каждый может быть столбцом «${role}». Укажите нужный: --columns ${option}=ЗАГОЛОВОК (повторяющийся заголовок сначала переименуйте в файле).`,
  }),
  noHeaderLine: phrase({
    en: (file: string, cell: string) =>
      `${file}: no header line? Where it should be stands ${cell}. ` +
      'Put a line with the names of the columns before the first row.',
    zh: (file, cell) => `${file}：没有表头？表头位置的内容是 ${cell}。请在第一行数据之前加一行列名。`,
    ru: (file, cell) =>
      `${file}: нет строки заголовков? На её месте стоит ${cell}. ` +
      'Добавьте перед первой строкой строку с названиями столбцов.',
  }),
  unknownHeader: phrase({
    en: (file: string, name: string, headers: string) => `${file}: no column "${name}" (--columns). ${headers}`,
    zh: (file, name, headers) => `${file}：没有名为“${name}”的列（--columns）。${headers}`,
    ru: (file, name, headers) => `${file}: нет столбца «${name}» (--columns). ${headers}`,
  }),
  doubledHeader: phrase({
    en: (file: string, name: string, times: number) =>
      `${file}: the column "${name}" occurs ${times} times. Rename one of them.`,
    zh: (file, name, times) => `${file}：“${name}”列出现了 ${times} 次，请改名以区分。`,
    ru: (file, name, times) => `${file}: столбец «${name}» встречается несколько раз (${times}). Переименуйте лишние.`,
  }),
  roleTwice: phrase({
    en: (role: string) => `--columns: ${role} is given twice; join headers with +.`,
    zh: (role) => `--columns：${role} 给出了两次；多个表头请用 + 连接。`,
    ru: (role) => `--columns: ${role} задан дважды; соедините заголовки знаком +.`,
  }),
  noChoice: phrase({
    en: (part: string, roles: string) =>
      `--columns: "${part}" is not ROLE=HEADER or ROLE=HEADER+HEADER; roles are ${roles}. ` +
      'A backslash takes , + or = for part of a header.',
    zh: (part, roles) =>
      `--columns：“${part}”不是 ROLE=表头 或 ROLE=表头+表头 的形式；ROLE 可以是 ${roles}。表头中的 , + = 前请加反斜杠。`,
    ru: (part, roles) =>
      `--columns: «${part}» — не РОЛЬ=ЗАГОЛОВОК и не РОЛЬ=ЗАГОЛОВОК+ЗАГОЛОВОК; роли: ${roles}. ` +
      'Перед , + и = внутри заголовка ставьте обратную косую черту.',
  }),
  oneHeader: phrase({
    en: (role: string) => `--columns: ${role} takes one header.`,
    zh: (role) => `--columns：${role} 只能对应一个表头。`,
    ru: (role) => `--columns: для ${role} нужен один заголовок.`,
  }),
  choiceOrPreset: {
    en: '--preset says where the columns are; leave out --columns, or the preset.',
    zh: '--preset 已指定各列位置；请去掉 --columns 或预设。',
    ru: '--preset уже говорит, где столбцы; уберите --columns или пресет.',
  },
  otherPreset: phrase({
    en: (file: string, preset: string, lacking: string, title: string, headers: string) =>
      `${file}: --preset ${preset} needs ${lacking}; is it ${title}? ${headers}`,
    zh: (file, preset, lacking, title, headers) =>
      `${file}：--preset ${preset} 需要 ${lacking}；这是${title}吗？${headers}`,
    ru: (file, preset, lacking, title, headers) =>
      `${file}: для --preset ${preset} нужны ${lacking}; это ${title}? ${headers}`,
  }),
  perhapsPreset: phrase({
    en: (title: string, preset: string) => `it is ${title}: then say --preset ${preset}`,
    zh: (title, preset) => `这像是${title}，可用 --preset ${preset}`,
    ru: (title, preset) => `похоже, это ${title}: тогда задайте --preset ${preset}`,
  }),
  perhaps: phrase({
    en: (what: string) => `Perhaps ${what}.`,
    zh: (what) => `或许${what}。`,
    ru: (what) => `Возможно, ${what}.`,
  }),
  noCod: phrase({
    en: (columns: string) => `no COD is read: that takes ${columns}, which are not all there`,
    zh: (columns) => `未读取代收货款：需要 ${columns}，文件中不全`,
    ru: (columns) => `наложенный платёж не читается: для этого нужны ${columns}, а есть не все`,
  }),
  prepaid: {
    en: 'none: all rows count as prepaid; if they are not, say --columns cod=HEADER',
    zh: '无：所有行均按预付处理；如非如此，请用 --columns cod=表头 指定',
    ru: 'нет: все строки считаются предоплаченными; если это не так, задайте --columns cod=ЗАГОЛОВОК',
  },
  perhapsCod: phrase({
    en: (names: string) =>
      `none: all rows count as prepaid; if ${names} is to be collected on delivery, say --columns cod=HEADER`,
    zh: (names) => `无：所有行均按预付处理；如果 ${names} 是货到代收的金额，请用 --columns cod=表头 指定`,
    ru: (names) =>
      `нет: все строки считаются предоплаченными; если при получении взимается ${names}, задайте --columns cod=ЗАГОЛОВОК`,
  }),
  untakenCod: phrase({
    en: (names: string) =>
      `no COD column is taken, so all rows count as prepaid, though the file seems to speak of COD (${names}); ` +
      'name the column with the amounts: --columns cod=HEADER',
    zh: (names) =>
      `未采用任何代收货款列，所有行均按预付处理，但文件似乎涉及代收货款（${names}）；请指定金额所在的列：--columns cod=表头`,
    ru: (names) =>
      `столбец наложенного платежа не взят, все строки считаются предоплаченными, хотя в файле, похоже, он есть (${names}); ` +
      'назовите столбец с суммами: --columns cod=ЗАГОЛОВОК',
  }),
  takenByCells: phrase({
    en: (column: string, role: string, detail: string) => `${column} is taken for the ${role} by its cells (${detail})`,
    zh: (column, role, detail) => `依据单元格内容，将 ${column} 作为${role}（${detail}）`,
    ru: (column, role, detail) => `${column} взят как «${role}» по содержимому (${detail})`,
  }),
  takenByCellsAlone: phrase({
    en: (column: string, role: string, detail: string, option: string) =>
      `${column} is taken for the ${role} by its cells alone (${detail}); if it is not, say --columns ${option}=HEADER`,
    zh: (column, role, detail, option) =>
      `仅依据单元格内容，将 ${column} 作为${role}（${detail}）；如果不对，请用 --columns ${option}=表头 指定`,
    ru: (column, role, detail, option) =>
      `${column} взят как «${role}» только по содержимому (${detail}); если это не так, задайте --columns ${option}=ЗАГОЛОВОК`,
  }),
  noPostcodeColumn: {
    en: 'no postcode column; the postcode is taken from the address',
    zh: '没有邮编列，邮编取自地址',
    ru: 'нет столбца с индексом; индекс берётся из адреса',
  },
  doubtfulHeader: (column: Texts, role: Role, fit: { fitting: number; filled: number; kind: ValueKind }) =>
    doubtfulHeader(column, ROLE_TEXTS[role], fit.fitting, fit.filled, KIND_TEXTS[fit.kind], role),
} as const;

const doubtfulHeader = phrase({
  en: (column: string, role: string, count: number, filled: number, kind: string, option: string) =>
    `${column} is taken for the ${role} by its header, but only ${count} of ${filled} cells are ${kind}; name another with --columns ${option}=HEADER`,
  zh: (column, role, count, filled, kind, option) =>
    `依据表头将 ${column} 作为${role}，但 ${filled} 个单元格中只有 ${count} 个是${kind}；可用 --columns ${option}=表头 另行指定`,
  ru: (column, role, count, filled, kind, option) =>
    `${column} взят как «${role}» по заголовку, но ${kind} — лишь ${count} ячеек из ${filled}; назовите другой: --columns ${option}=ЗАГОЛОВОК`,
});
