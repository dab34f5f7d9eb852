import type { CdekCity, FiasCity } from '../../src/address/detection.ts';

/** The city object of the successful example in the seed document "detect-city". */
export const SEED_CDEK_CITY: CdekCity = {
  cityCode: '286',
  cityName: 'Благовещенск',
  cityUuid: '0f39b5cc-f2af-41a4-baf2-ac9615f4c2a7',
  country: 'Россия',
  countryCode: 'RU',
  fiasGuid: '8f41253d-6e3b-48a9-842a-25ba894bd093',
  kladr: '2800000100000',
  latitude: 50.2907,
  longitude: 127.527,
  paymentLimit: -1,
  region: 'Амурская',
  regionCode: '56',
  regionCodeExt: '28',
  regionFiasGuid: '844a80d6-5e31-4017-b422-4d9c01e9942c',
  subRegion: 'Благовещенск',
  timezone: 'Asia/Yakutsk',
};

/** The FIAS object of the same example. */
export const SEED_FIAS_CITY: FiasCity = {
  ao_level: '4',
  formal_name: 'Благовещенск',
  guid: '8f41253d-6e3b-48a9-842a-25ba894bd093',
  official_name: 'Благовещенск',
  prefix: 'г',
};
