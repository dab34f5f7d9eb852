import { phrase, type Texts } from '../../languages.ts';
import type { Refused } from '../../learn/parse-fix.ts';

/** What is said of a line of a file. */
export type Told = { readonly line: number } & ({ readonly kind: 'taken'; readonly what: Texts } | Refused);

/** What was made of a line. */
export function toldLine(told: Told): Texts {
  return told.kind === 'taken' ? TAKEN(told.line, told.what) : REFUSED(told.line, told.why);
}

/** A line whose postcode or address a person has written over, with nothing in its fix columns. */
export const writtenOver = phrase<[line: number]>({
  en: (line) =>
    `line ${line}: not taken: its postcode or address was written over. Put back what stood there, and write what is ` +
    'right into fix_postcode or fix_address',
  zh: (line) =>
    `第 ${line} 行：未采用：其邮编或地址被直接改写。请恢复原内容，并把正确内容填入 fix_postcode 或 fix_address`,
  ru: (line) =>
    `строка ${line}: не принято: индекс или адрес исправлен на месте. Верните прежнее, а верное впишите в fix_postcode ` +
    'или fix_address',
});

/** The same of a line that was filled in too: what it teaches answers another question than the one in the input. */
export const taughtElsewhere = phrase<[line: number]>({
  en: (line) =>
    `line ${line}: mind that its postcode or address was written over: the fix holds for what stands there now. If the ` +
    'input has it as before, put that back and learn again',
  zh: (line) =>
    `第 ${line} 行：注意：其邮编或地址被直接改写，该修正只对现有内容有效。如输入文件仍为原内容，请恢复后重新学习`,
  ru: (line) =>
    `строка ${line}: индекс или адрес исправлен на месте: исправление действует для того, что стоит там теперь. Если во ` +
    'входном файле всё по-прежнему, верните прежнее и повторите',
});

/** How many lines were taken and refused. */
export const totals = phrase<[taken: number, refused: number]>({
  en: (taken, refused) => `taken ${taken}, refused ${refused}`,
  zh: (taken, refused) => `采用 ${taken}，拒绝 ${refused}`,
  ru: (taken, refused) => `принято ${taken}, отклонено ${refused}`,
});

/** The same of a file in which rows may be left as they are. */
export const totalsOfReview = phrase<[taken: number, refused: number, unfilled: number]>({
  en: (taken, refused, unfilled) => `taken ${taken}, refused ${refused}, without a fix ${unfilled}`,
  zh: (taken, refused, unfilled) => `采用 ${taken}，拒绝 ${refused}，未填写 ${unfilled}`,
  ru: (taken, refused, unfilled) => `принято ${taken}, отклонено ${refused}, без исправления ${unfilled}`,
});

/** Where a person writes what is right. */
export const FILL_IN: Texts = {
  en: 'write what is right into fix_postcode, fix_address or fix_city_code, and learn again',
  zh: '请把正确内容填入 fix_postcode、fix_address 或 fix_city_code，然后重新运行 gorod learn',
  ru: 'впишите верное в fix_postcode, fix_address или fix_city_code и запустите gorod learn снова',
};

/** What to do once something was taken, with the command for it at the end. */
export const runAgainWith = phrase<[command: string]>({
  en: (command) =>
    'next: run the orders again, with what other options that run had; these rows then have the source override: ' +
    command,
  zh: (command) => `下一步：重新处理订单（另加那次运行的其他选项），这些行的来源将是 override：${command}`,
  ru: (command) =>
    'дальше: обработайте заказы снова, с прочими параметрами того запуска; у этих строк будет источник override: ' +
    command,
});

/** The same where it is not known which file has the orders. */
export const RUN_AGAIN: Texts = {
  en: 'next: run the orders again with gorod run; these rows then have the source override',
  zh: '下一步：用 gorod run 重新处理订单；这些行的来源将是 override',
  ru: 'дальше: обработайте заказы снова через gorod run; у этих строк будет источник override',
};

export const removed = phrase<[count: number]>({
  en: (count) => `removed ${count}`,
  zh: (count) => `已删除 ${count}`,
  ru: (count) => `удалено ${count}`,
});

export const notThere = phrase<[ids: string]>({
  en: (ids) => `not there: ${ids}; gorod learn --list shows what is`,
  zh: (ids) => `不存在：${ids}；gorod learn --list 可查看现有内容`,
  ru: (ids) => `нет таких: ${ids}; что есть, покажет gorod learn --list`,
});

export const exported = phrase<[file: string, count: number]>({
  en: (file, count) => `${file}: written ${count}`,
  zh: (file, count) => `${file}：已写入 ${count}`,
  ru: (file, count) => `${file}: записано ${count}`,
});

export const NOTHING_LEARNT: Texts = {
  en: 'nothing is learnt yet: fill in the review file of gorod run --split, and give it to gorod learn',
  zh: '尚未学习任何内容：请填写 gorod run --split 的 review 文件，再交给 gorod learn',
  ru: 'пока ничего нет: заполните файл review от gorod run --split и передайте его gorod learn',
};

export const noExport = phrase<[file: string, columns: string]>({
  en: (file, columns) => `${file}: has no ${columns}; is it of gorod learn --export?`,
  zh: (file, columns) => `${file}：缺少 ${columns}；它是 gorod learn --export 写出的吗？`,
  ru: (file, columns) => `${file}: нет ${columns}; это файл от gorod learn --export?`,
});

const TAKEN = phrase<[line: number, what: string]>({
  en: (line, what) => `line ${line}: taken: ${what}`,
  zh: (line, what) => `第 ${line} 行：采用：${what}`,
  ru: (line, what) => `строка ${line}: принято: ${what}`,
});

const REFUSED = phrase<[line: number, why: string]>({
  en: (line, why) => `line ${line}: refused: ${why}`,
  zh: (line, why) => `第 ${line} 行：拒绝：${why}`,
  ru: (line, why) => `строка ${line}: отклонено: ${why}`,
});
