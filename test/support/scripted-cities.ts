import type { CdekCity, FiasCity } from '../../src/address/detection.ts';
import { SEED_CDEK_CITY, SEED_FIAS_CITY } from './seed-example.ts';

/**
 * The table from which the scripted upstream answers. Codes and GUIDs are the registers' own; the payment limits are
 * chosen so that all three kinds occur.
 */
export interface ScriptedCity {
  /** The postcodes that belong to it begin with this. */
  readonly prefix: string;
  /** How an address may name it; compared without regard to case. */
  readonly spellings: readonly string[];
  readonly cdek: CdekCity;
  readonly fias: FiasCity;
}

/** Has a place of the FIAS register, but no CDEK city. */
export const CITY_WITHOUT_CDEK = { prefix: '676', spelling: 'Skovorodino', name: 'Сковородино' } as const;

const BLAGOVESHCHENSK: ScriptedCity = {
  prefix: '675',
  spellings: ['Благовещенск', 'Blagovesch', 'Blagoveshch', 'Blagoweschensc', 'Blagoveshensk', 'Blagoweshensc'],
  cdek: SEED_CDEK_CITY,
  fias: SEED_FIAS_CITY,
};

// prefix | name | spelling | CDEK code | FIAS GUID | KLADR | region | CDEK's region | subject's GUID | limit | zone
const OTHERS = `
10|Москва|Moskva|44|0c5b2444-70a0-4932-980c-b4dc0d3f02b5|7700000000000|Москва|81|0c5b2444-70a0-4932-980c-b4dc0d3f02b5|-1|Europe/Moscow
19|Санкт-Петербург|Sankt-Peterburg|137|c2deb16a-0330-4f05-821f-1d09c93331e6|7800000000000|Санкт-Петербург|82|c2deb16a-0330-4f05-821f-1d09c93331e6|100000|Europe/Moscow
300|Тула|Tula|150|b2601b18-6da2-4789-9fbe-800dde06a2bb|7100000100000|Тульская|37|d028ec4f-f6da-4843-ada6-b68b3e0efa3d|0|Europe/Moscow
350|Краснодар|Krasnodar|435|7dfa745e-aa19-4688-b121-b655c11e482f|2300000100000|Краснодарский|7|d00e1013-16bd-4c09-b3d5-3cb09fc54bd8|50000|Europe/Moscow
420|Казань|Kazan|424|93b3df57-4c89-44df-ac42-96f05e9cd3b9|1600000100000|Татарстан|39|0c089b04-099e-4e0e-955a-6bf1ce525f1a|-1|Europe/Moscow
603|Нижний Новгород|Nizhny Novgorod|414|555e7d61-d9a7-4ba6-9770-6caa8198c483|5200000100000|Нижегородская|67|88cd27e2-6a8a-4421-9718-719a28a0a088|-1|Europe/Moscow
614|Пермь|Perm|248|a309e4ce-2f36-4106-b1ca-53e0f48a6d95|5900000100000|Пермский|22|4f8b1a21-e4bb-422f-9087-d3cbf4bebc14|3000|Asia/Yekaterinburg
620|Екатеринбург|Ekaterinburg|250|2763c110-cb8b-416a-9dac-ad28a55b4402|6600000100000|Свердловская|24|92b30014-4d52-4e2e-892d-928142b924bf|-1|Asia/Yekaterinburg
630|Новосибирск|Novosibirsk|270|8dea00e3-9aab-4d8e-887c-ef2aaa546456|5400000100000|Новосибирская|23|1ac46b49-3209-4814-b7bf-a509ea1aecd9|-1|Asia/Novosibirsk
677|Якутск|Yakutsk|283|884c84a2-0141-4652-962d-8a92989b88f7|1400000100000|Саха (Якутия)|10|c225d3db-1db6-4063-ace0-b3fe9ea3805f|0|Asia/Yakutsk
680|Хабаровск|Khabarovsk|287|a4859da8-9977-4b62-8436-4e1b98c5d13f|2700000100000|Хабаровский|14|7d468b39-1afa-41ec-8c4f-97a8603cb3d4|30000|Asia/Vladivostok
690|Владивосток|Vladivostok|288|7b6de6a5-86d0-4735-b11a-499081111af8|2500000100000|Приморский|18|43909681-d6e1-432d-b61f-ddac393cb5da|-1|Asia/Vladivostok
692|Уссурийск|Ussuriysk|955|de7335fb-9baa-48eb-927d-0bb299b2e5bc|2500001100000|Приморский|18|43909681-d6e1-432d-b61f-ddac393cb5da|-1|Asia/Vladivostok
692|Находка|Nakhodka|501|225a3506-35aa-4456-8bd7-244bdfbc4eaf|2500000400000|Приморский|18|43909681-d6e1-432d-b61f-ddac393cb5da|-1|Asia/Vladivostok
`;

function parseCity(line: string): ScriptedCity {
  const cells = line.split('|');
  const [prefix = '', name = '', spelling = '', cityCode = '', guid = '', kladr = ''] = cells;
  const [region = '', regionCode = '', regionFiasGuid = '', limit = '', timezone = ''] = cells.slice(6);
  return {
    prefix,
    spellings: [name, spelling],
    cdek: {
      cityCode,
      cityName: name,
      country: 'Россия',
      countryCode: 'RU',
      fiasGuid: guid,
      kladr,
      paymentLimit: Number(limit),
      region,
      regionCode,
      regionCodeExt: kladr.slice(0, 2),
      regionFiasGuid,
      timezone,
    },
    fias: { ao_level: '4', formal_name: name, guid, official_name: name, prefix: 'г' },
  };
}

export const SCRIPTED_CITIES: readonly ScriptedCity[] = [BLAGOVESHCHENSK, ...OTHERS.trim().split('\n').map(parseCity)];
