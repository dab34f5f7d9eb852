import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;
beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(folder.file('limits.csv'), 'city_code,payment_limit\n286,3000\n');
});
afterAll(() => folder[Symbol.dispose]());

function detect(...args: readonly string[]) {
  const question = ['--postcode', '675000', '--address', 'Lenina 21, 2 Blagoveschensk'];
  return gorod(['detect', ...question, ...args], { cwd: folder.path });
}

describe('gorod detect', () => {
  it("prints detect-city's JSON on stdout alone, and the verdict on stderr", async () => {
    const { code, stdout, stderr } = await detect();
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout))).toEqual([
      ...['address', 'detected_cdek_city', 'detected_fias_city', 'possible_cities'],
      ...['postcode', 'status_code', 'status_msg'],
    ]);
    expect(stderr).toBe('gorod: verdict accept: CDEK city detected\n');
  });

  it('says where no limit is known, in the answer and in words', async () => {
    const question = ['--postcode', '300041', '--address', 'Tula, Lenina 1', '--cod', '5000'];
    const { stdout, stderr } = await gorod(['detect', ...question, '--lang', 'ru'], { cwd: folder.path });
    expect(JSON.parse(stdout)).toMatchObject({ status_code: 'OK', cod_flag: 'COD_LIMIT_UNKNOWN' });
    expect(stderr).toContain('решение review: Город СДЭК определён: лимит наложенного платежа здесь неизвестен.');
  });

  it('takes the limits of the shop', async () => {
    const { stdout, stderr } = await detect('--cod', '5000', '--cod-limits', 'limits.csv');
    expect(JSON.parse(stdout)).toMatchObject({
      status_code: 'COD_LIMIT_EXCEEDED',
      detected_cdek_city: { paymentLimit: 3000 },
    });
    expect(JSON.parse(stdout)).not.toHaveProperty('cod_flag');
    expect(stderr).toContain(
      'verdict reject: Cash on delivery is above the limit of the destination. At most 3000 roubles',
    );
  });

  it('tells the verdict of a question that is none', async () => {
    const { stdout, stderr } = await gorod(['detect', '--postcode', '6750', '--address', 'x'], { cwd: folder.path });
    expect(JSON.parse(stdout)).toMatchObject({ status_code: 'ERR_BAD_POSTCODE' });
    expect(stderr).toContain('verdict reject: The postcode is not six digits');
  });
});
