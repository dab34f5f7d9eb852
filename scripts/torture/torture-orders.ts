import { writeFileSync } from 'node:fs';

export interface TortureOrders {
  readonly rows: number;
  readonly distinct: number;
}

const CITIES = [
  ['675000', 'Blagoveschensk'],
  ['300000', 'Tula'],
  ['420000', 'Kazan'],
  ['614000', 'Perm'],
  ['630000', 'Nowhere'],
] as const;

/** Writes orders in which `distinct` questions stand in scattered order. */
export function writeTortureOrders(path: string, { rows, distinct }: TortureOrders): void {
  const lines = Array.from({ length: rows }, (_, row) => {
    const question = (row * 48_271) % distinct;
    const [postcode, city] = CITIES[question % CITIES.length] ?? CITIES[0];
    return `${row},${postcode},"Lenina ${question}, ${city}",${question % 900}`;
  });
  writeFileSync(path, ['id,postcode,address,cod', ...lines, ''].join('\n'));
}
