import type { Texts } from '../languages.ts';
import type { Doubt } from './verdict.ts';

/** Why a row is for review; what settles it is said by its advice. */
export const DOUBT_TEXTS: Readonly<Record<Doubt, Texts>> = {
  'limit-unknown': {
    en: 'no COD limit is known here',
    zh: '未知该城市的代收货款限额',
    ru: 'лимит наложенного платежа здесь неизвестен',
  },
  'low-confidence': {
    en: 'the address fits, but not surely',
    zh: '地址匹配的把握不足',
    ru: 'адрес подходит, но не наверняка',
  },
  'guids-differ': {
    en: 'city and FIAS place have different GUIDs',
    zh: 'CDEK城市与FIAS地区的GUID不一致',
    ru: 'у города СДЭК и места ФИАС разные GUID',
  },
  'no-city': {
    en: 'the answer holds no city',
    zh: '结果中没有城市',
    ru: 'в ответе нет города',
  },
  fallback: {
    en: 'answered locally while the service could not be asked',
    zh: '服务不可用，由本地引擎识别',
    ru: 'сервис не ответил, город определён локально',
  },
};

/** What a local detector says of a place without codes: not the postcode is at fault but the gazetteer is short. */
export const NO_CODE_TEXTS: Texts = {
  en: 'this gazetteer has no CDEK code for it; ask CDEK with a developer key, or import a fuller gazetteer',
  zh: '当前地名库中没有它的CDEK代码；请使用开发者识别码查询CDEK，或导入更完整的地名库',
  ru: 'в этом справочнике мест нет его кода СДЭК; спросите СДЭК с ключом разработчика или загрузите более полный справочник',
};
