/** What a column may mean to gorod. */
export const ROLES = ['postcode', 'address', 'city', 'region', 'cod', 'country'] as const;

export type Role = (typeof ROLES)[number];

/**
 * Header words in English, Russian and Chinese, as `plainHeader` leaves them. A header means a role when it is one of
 * the role's words, with or without one of QUALIFIERS around it.
 */
export const HEADER_WORDS: Readonly<Record<Role, readonly string[]>> = {
  postcode: [
    'postcode',
    'post code',
    'postal code',
    'postalcode',
    'postal index',
    'zip',
    'zip code',
    'zipcode',
    'zip postal code',
    'index',
    'индекс',
    'почтовый индекс',
    '邮编',
    '邮政编码',
    '邮编号码',
  ],
  address: [
    'address',
    'addr',
    'full address',
    'street address',
    'address line',
    'street',
    'адрес',
    'полный адрес',
    'адресная строка',
    'улица',
    '地址',
    '详细地址',
    '街道地址',
  ],
  city: ['city', 'town', 'city town', 'locality', 'settlement', 'город', 'населенный пункт', 'нас пункт', '城市', '市'],
  region: [
    'region',
    'province',
    'state',
    'state province',
    'oblast',
    'область',
    'регион',
    'край',
    'субъект рф',
    'область регион',
    'регион область',
    'область край',
    '省',
    '省份',
    '州',
    '州省',
    '地区',
  ],
  cod: [
    'cod',
    'cod rub',
    'cod amount',
    'cod sum',
    'cash on delivery',
    'cash on delivery amount',
    'наложенный платеж',
    'сумма наложенного платежа',
    'наложка',
    'нп',
    '代收货款',
    '代收货款金额',
    '代收金额',
    '代收款',
    '货到付款金额',
  ],
  country: ['country', 'country code', 'страна', 'код страны', '国家', '国家代码', '国家简码'],
};

/** Words that say whose address it is: the one the parcel goes to. */
export const QUALIFIERS: readonly string[] = [
  'shipping',
  'ship to',
  'delivery',
  'recipient',
  'recipients',
  'receiver',
  'consignee',
  'customer',
  'to',
  'доставки',
  'получателя',
  'клиента',
  '收件人',
  '收货人',
  '收件',
  '收货',
  '买家',
];

/** A header without case, accents of ё, apostrophes, and everything that is neither letter nor digit. */
export function plainHeader(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/ё/g, 'е')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
