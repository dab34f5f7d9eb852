import { expect, test } from 'vitest';
import { toApiAnswer } from '../../src/address/api-answer.ts';
import type { Detection } from '../../src/address/detection.ts';

const ASKED = { address: 'Lenina 21, 2 Blagoveschensk', postcode: '675000' };
const OK: Detection = {
  status_code: 'OK',
  detected_cdek_city: { cityCode: '286', cityName: 'Благовещенск' },
  detected_fias_city: { formal_name: 'Благовещенск', guid: '8f41253d-6e3b-48a9-842a-25ba894bd093' },
  possible_cities: ['Благовещенск'],
};

test('an answer has the fields of the seed in their order', () => {
  const answer = toApiAnswer(ASKED, { kind: 'answered', source: 'local', detection: OK }, 'OK', 'zh');
  expect(JSON.stringify(answer)).toBe(
    JSON.stringify({
      address: ASKED.address,
      detected_cdek_city: OK.detected_cdek_city,
      detected_fias_city: OK.detected_fias_city,
      possible_cities: ['Благовещенск'],
      postcode: '675000',
      status_code: 'OK',
      status_msg: 'CDEK城市识别成功',
    }),
  );
});

test('what was not detected is absent, not empty', () => {
  const detection = { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS', possible_cities: ['Благовещенск'] };
  const answer = toApiAnswer(ASKED, { kind: 'answered', source: 'local', detection }, detection.status_code, 'en');
  expect(Object.keys(answer)).toEqual(['address', 'possible_cities', 'postcode', 'status_code', 'status_msg']);
});

test('a question that was not worth asking is answered with its code', () => {
  const answer = toApiAnswer(ASKED, { kind: 'invalid', status: 'ERR_NO_ADDRESS' }, 'ERR_NO_ADDRESS', 'zh');
  expect(answer).toEqual({ ...ASKED, status_code: 'ERR_NO_ADDRESS', status_msg: '没提交地址字段' });
});
