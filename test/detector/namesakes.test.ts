import { expect, test } from 'vitest';
import { createDetector, detect } from '../../src/index.ts';

test('of two cities of one name, that of the postcode and another one, the federal subjects are told', async () => {
  await using detector = await createDetector({ detector: 'local' });
  const row = { postcode: '675000', address: 'Blagoveshchensk Bashkortostan Lenina 5' };
  const { columns } = await detect(row, detector);
  expect(columns.status).toBe('ERR_NOT_DETECT_CITY_IN_ADDRESS');
  expect(columns.message).toContain(
    'address names Благовещенск (Башкортостан); postcode 675000 is Благовещенск (Амурская)',
  );
});
