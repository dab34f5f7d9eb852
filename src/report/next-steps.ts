import type { Language } from '../languages.ts';
import type { Tally } from '../pipeline/tally.ts';

/** A file that was worked on, with its counts. */
export interface FileCounts {
  /** Where the result is; `-` for stdout, undefined where none was written. */
  readonly output: string | undefined;
  readonly tally: Tally;
  /** The parts of the result that a person corrects; absent where it was not split. */
  readonly parts?: Readonly<Record<'review' | 'reject', string>>;
}

export interface NextStepOptions {
  readonly language: Language;
  /** The name of the verdict's column; undefined where it was not written. */
  readonly verdictColumn: string | undefined;
  /** The command that asks the rows of a file again; absent where no file was written. */
  readonly retry?: ((file: string) => string) | undefined;
  /** The command that learns what a person has filled into a part; absent where nothing was split. */
  readonly learn?: ((part: string) => string) | undefined;
}

/** What a person does next about rows of one kind. */
export interface NextStep {
  readonly kind: 'retry' | 'limit' | 'review' | 'reject';
  readonly rows: number;
  /** Where those rows are. */
  readonly files: readonly string[];
  readonly text: string;
}

const MOST_FILES = 5;

/** The steps that a run's counts leave to do, the quickest first. Nothing where every row was accepted. */
export function nextSteps(files: readonly FileCounts[], options: NextStepOptions): readonly NextStep[] {
  return (['retry', 'limit', 'review', 'reject'] as const).flatMap((kind) => {
    const concerned = files.filter((file) => rowsOf(kind, file.tally) > 0);
    const rows = concerned.reduce((sum, { tally }) => sum + rowsOf(kind, tally), 0);
    if (rows === 0) return [];
    const written = concerned.flatMap((file) => placeOf(kind, file, options) ?? []);
    return [{ kind, rows, files: written, text: render(kind, rows, written, options) }];
  });
}

/** Where the rows of a kind are to be looked at. */
function placeOf(
  kind: NextStep['kind'],
  { output, parts }: FileCounts,
  { learn }: NextStepOptions,
): string | undefined {
  return kind === 'retry' || kind === 'limit' || learn === undefined ? output : (parts?.[kind] ?? output);
}

/**
 * Rows that were answered in place of the API are for review, but first they are asked again; those that lack a payment limit
 * alone have nothing that a person could fill in.
 */
function rowsOf(kind: NextStep['kind'], { deferred, fallbacks, limitsAlone, verdicts }: Tally): number {
  if (kind === 'retry') return deferred + fallbacks;
  if (kind === 'limit') return limitsAlone;
  const rows = verdicts.get(kind) ?? 0;
  return kind === 'review' ? Math.max(0, rows - fallbacks - limitsAlone) : rows;
}

interface Wording {
  readonly rows: Readonly<Record<NextStep['kind'], (rows: number) => string>>;
  readonly fillIn: Readonly<Record<'review' | 'reject', (files: string, commands: string) => string>>;
  readonly filter: (files: string, column: string, verdict: string) => string;
  readonly limits: string;
  readonly checked: string;
  readonly listen: string;
  readonly more: (count: number) => string;
  readonly separator: string;
}

const WORDINGS: Readonly<Record<Language, Wording>> = {
  en: {
    rows: {
      retry: (rows) => `${rows} ${rows === 1 ? 'row' : 'rows'} to ask again`,
      limit: (rows) => `${rows} ${rows === 1 ? 'row lacks' : 'rows lack'} only a payment limit, not a fix`,
      review: (rows) => `${rows} ${rows === 1 ? 'row' : 'rows'} to review`,
      reject: (rows) => `${rows} ${rows === 1 ? 'row' : 'rows'} to correct before shipping`,
    },
    fillIn: {
      review: (files, commands) => `fill in the fix columns of ${files}, then ${commands}`,
      reject: (files, commands) =>
        `fill in the fix columns of ${files} where postcode or address is wrong, then ${commands}; correct the rest in ` +
        'the orders',
    },
    filter: (files, column, verdict) => `open ${files} and filter ${column} = ${verdict}`,
    limits: 'run again with --cod-limits FILE.csv (columns city_code and payment_limit)',
    checked: 'gorod run says beside each row what to do',
    listen: 'write the result to a file, and gorod retry asks them',
    more: (count) => `and ${count} more`,
    separator: ': ',
  },
  zh: {
    rows: {
      retry: (rows) => `${rows} 行需要重新查询`,
      limit: (rows) => `${rows} 行只缺代收货款限额，无需修正`,
      review: (rows) => `${rows} 行需要人工核对`,
      reject: (rows) => `${rows} 行须更正后才能发货`,
    },
    fillIn: {
      review: (files, commands) => `请填写 ${files} 的 fix 列，然后 ${commands}`,
      reject: (files, commands) =>
        `邮编或地址有误的行，请填写 ${files} 的 fix 列，然后 ${commands}；其余请在订单文件中更正`,
    },
    filter: (files, column, verdict) => `打开 ${files}，筛选 ${column} = ${verdict}`,
    limits: '请加上 --cod-limits 文件.csv（列 city_code 和 payment_limit）重新运行',
    checked: 'gorod run 会在每行旁写明处理办法',
    listen: '请将结果写入文件，再用 gorod retry 查询',
    more: (count) => `等另外 ${count} 个文件`,
    separator: '：',
  },
  ru: {
    rows: {
      retry: (rows) => `спросить ещё раз (строк: ${rows})`,
      limit: (rows) => `не хватает только лимита наложенного платежа, не исправления (строк: ${rows})`,
      review: (rows) => `проверить (строк: ${rows})`,
      reject: (rows) => `исправить до отправки (строк: ${rows})`,
    },
    fillIn: {
      review: (files, commands) => `заполните столбцы fix в ${files}, затем ${commands}`,
      reject: (files, commands) =>
        `где неверен индекс или адрес, заполните столбцы fix в ${files}, затем ${commands}; прочее исправьте в заказах`,
    },
    filter: (files, column, verdict) => `откройте ${files} и отберите ${column} = ${verdict}`,
    limits: 'запустите снова с --cod-limits ФАЙЛ.csv (столбцы city_code и payment_limit)',
    checked: 'gorod run напишет у каждой строки, что с ней делать',
    listen: 'запишите результат в файл, и gorod retry их спросит',
    more: (count) => `и ещё ${count}`,
    separator: ': ',
  },
};

function render(kind: NextStep['kind'], rows: number, written: readonly string[], options: NextStepOptions): string {
  const words = WORDINGS[options.language];
  const what = words.rows[kind](rows);
  const how = howTo(kind, written, options, words);
  return how === undefined ? what : `${what}${words.separator}${how}`;
}

function howTo(
  kind: NextStep['kind'],
  written: readonly string[],
  { verdictColumn, retry, learn }: NextStepOptions,
  words: Wording,
): string | undefined {
  const named = written.filter((file) => file !== '-');
  if (kind === 'limit') return words.limits;
  if (written.length === 0) return kind === 'retry' ? undefined : words.checked;
  if (kind === 'retry') {
    return named.length === 0 || retry === undefined ? words.listen : listed(named.map(retry), words, COMMANDS);
  }
  if (verdictColumn === undefined || named.length === 0) return undefined;
  if (learn !== undefined) return words.fillIn[kind](listed(named, words), listed(named.map(learn), words, COMMANDS));
  return words.filter(listed(named, words), verdictColumn, kind);
}

/** Between commands; a shell takes them one after the other. */
const COMMANDS = '; ';

function listed(names: readonly string[], words: Wording, separator = ', '): string {
  const shown = names.slice(0, MOST_FILES).join(separator);
  return names.length > MOST_FILES ? `${shown} ${words.more(names.length - MOST_FILES)}` : shown;
}
