import { columnLetters } from '../../src/xlsx/cell-place.ts';
import { FIXED_PARTS, SHEET_PART, SHEET_START } from '../../src/xlsx/package-parts.ts';
import { writeZip } from '../../src/xlsx/write-zip.ts';

/** How a sheet keeps its texts: by number in the order of its cells, in another order, or in the cells themselves. */
export type TextPlace = 'shared' | 'shuffled' | 'inline';

const HEADER = 'order_no,postcode,address,city,cod,name,phone,sku,weight,created,comment,qty'.split(',');
const STREETS = ['ул. Ленина', 'Nevskiy prospekt', 'ulitsa Pushkina', 'пр-т Мира', 'ул. Советская', 'Ul. Gagarina'];
const CITIES = [
  ['101000', 'Москва'],
  ['675000', 'Благовещенск'],
  ['690000', 'Vladivostok'],
  ['190000', 'Sankt-Peterburg'],
  ['630000', 'Новосибирск'],
] as const;
const ROWS_AT_ONCE = 500;

/** Writes a sheet of 12 columns, five of which hold texts that occur once, as marketplaces and Excel write it. */
export async function writeOrdersSheet(path: string, rows: number, place: TextPlace): Promise<void> {
  const texts = new Map<string, number>();
  // A step that shares no factor with the modulus reaches every number.
  const modulus = 2 ** 23;
  const numberOf = (text: string) => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    const number = place === 'shuffled' ? (texts.size * 4_803_617) % modulus : texts.size;
    texts.set(text, number);
    return number;
  };
  const cell = (value: string | number, at: string) => {
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
    if (place === 'inline') return `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
    return { at, value };
  };

  /** The numbers of shuffled texts are only known when all texts are. */
  function* sheet(): Generator<string, void> {
    const ranks = place === 'shuffled' ? ranksOf(rows, numberOf) : undefined;
    yield `${SHEET_START}<sheetData>`;
    let xml = '';
    for (let row = 0; row <= rows; row += 1) {
      const cells = rowOf(row).map((value, column) => {
        const made = cell(value, `${columnLetters(column)}${row + 1}`);
        if (typeof made === 'string') return made;
        return `<c r="${made.at}" t="s"><v>${ranks?.(made.value) ?? numberOf(made.value)}</v></c>`;
      });
      xml += `<row r="${row + 1}">${cells.join('')}</row>`;
      if (row % ROWS_AT_ONCE !== 0) continue;
      yield xml;
      xml = '';
    }
    yield `${xml}</sheetData></worksheet>`;
  }

  function* strings(): Generator<string, void> {
    const ordered = [...texts].sort(([, a], [, b]) => a - b);
    yield '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">';
    for (let from = 0; from < ordered.length; from += ROWS_AT_ONCE) {
      yield ordered
        .slice(from, from + ROWS_AT_ONCE)
        .map(([text]) => `<si><t>${text}</t></si>`)
        .join('');
    }
    yield '</sst>';
  }

  await writeZip(path, [...FIXED_PARTS, [SHEET_PART, sheet()], ['xl/sharedStrings.xml', strings()]]);
}

/** Puts every text in its place first. */
function ranksOf(rows: number, numberOf: (text: string) => number): (text: string) => number {
  const numbers = new Set<number>();
  for (let row = 0; row <= rows; row += 1) {
    for (const value of rowOf(row)) if (typeof value === 'string') numbers.add(numberOf(value));
  }
  const ranks = new Map([...numbers].sort((a, b) => a - b).map((number, rank) => [number, rank]));
  return (text) => ranks.get(numberOf(text)) ?? 0;
}

function rowOf(row: number): readonly (string | number)[] {
  if (row === 0) return HEADER;
  const [postcode, city] = CITIES[row % CITIES.length] ?? CITIES[0];
  const house = 1 + ((row * 7919) % 300);
  return [
    String(10_000_000_000_000_000n + BigInt(row) * 7919n),
    postcode,
    `г. ${city}, ${STREETS[row % STREETS.length]}, д. ${house}, кв. ${row % 997}`,
    city,
    (row * 37) % 90_000,
    `Иванов Иван Иванович ${row}`,
    `+79${String((row * 48_271) % 1_000_000_000).padStart(9, '0')}`,
    `SKU-${row % 5000}`,
    (row % 100) / 10,
    45_000 + (row % 500),
    `Комментарий к заказу номер ${row}, позвонить за час`,
    1 + (row % 9),
  ];
}
