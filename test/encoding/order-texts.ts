/** Texts of orders of `rows` rows, by what stands in them; none of the values comes from life. */
export type OrderText = (rows: number) => string;

const RUSSIAN = [
  'ул. Ленина, д. 5к1',
  'пр-кт Мира 12, кв. 4',
  'пер. Садовый, 3',
  'МОСКВА УЛ ТВЕРСКАЯ 7',
  'Санкт-Петербург, Невский просп., д.28',
  'г. Тула, ул. Щегловская засека, 31',
  'с. Ёлкино, ул. Новая 1',
  'шоссе Энтузиастов, дом 56',
  'Благовещенск, Амурская обл.',
];
const CHINESE = [
  '俄罗斯莫斯科市列宁大街5号',
  '圣彼得堡涅瓦大街28号',
  '布拉戈维申斯克市阿穆尔州',
  '叶卡捷琳堡市马雪夫街',
  '喀山市鲍曼大街 12-5',
];
const LATIN = ['ul. Lenina 5, kv 2', 'Nevskiy prospekt 28', 'Moscow, Tverskaya 7'];
const NAMES = ['张伟', '李娜', '王芳', '陈静'];

function table(header: string, row: (index: number) => string): OrderText {
  return (rows) => `${header}\n${Array.from({ length: rows }, (_, index) => `${row(index)}\n`).join('')}`;
}

function pick(values: readonly string[], index: number): string {
  return values[index % values.length] ?? '';
}

/** With letters enough to be told by four rows. */
export const TOLD_TEXTS: Readonly<Record<string, OrderText>> = {
  'all Russian': table(
    'Индекс,Адрес,Сумма,Получатель',
    (row) => `${300000 + row},"${pick(RUSSIAN, row)}",10,Иванов И.`,
  ),
  'Russian under Latin headers': table('zip,address,cod', (row) => `${300000 + row},"${pick(RUSSIAN, row)}",10`),
  'Latin under Russian headers': table('Индекс,Адрес,Наложка', (row) => `${300000 + row},"${pick(LATIN, row)}",10`),
  'all Chinese': table('邮编,收件地址,收件人', (row) => `${300000 + row},"${pick(CHINESE, row)}",${pick(NAMES, row)}`),
  'Russian under Chinese headers': table('邮编,地址,金额', (row) => `${300000 + row},"${pick(RUSSIAN, row)}",10`),
  'Latin under Chinese headers': table('邮编,地址,金额', (row) => `${300000 + row},"${pick(LATIN, row)}",10`),
  'Latin with Chinese names': table('zip,address,name', (row) => `3000,"${pick(LATIN, row)}",${pick(NAMES, row)}`),
};

/** With one word of Russian in all of it. */
export const ONE_WORD: OrderText = (rows) => `${table('zip,address', () => '300000,"ul. Lenina 5"')(rows)}1,Тула\n`;
