/** What a way of payment says of an amount: collected on delivery, paid beforehand, or neither. */
export type Payment = 'on-delivery' | 'beforehand' | 'untold';

/** Reads the cell of an export that names the way of payment, as shops name it in English, Russian and Chinese. */
export function readPayment(cell: string): Payment {
  const text = cell.normalize('NFKC');
  // Joined words (CashOnDelivery) are taken apart, but CoD is one: both readings count.
  const readings = [text, text.replace(/(\p{Ll})(\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1$3 $2')].map(spaced);
  if (readings.some((words) => ON_DELIVERY.test(words.replace(DENIED, ' ')))) return 'on-delivery';
  return readings.some((words) => BEFOREHAND.test(words) && !DENIED_PAID.test(words)) ? 'beforehand' : 'untold';
}

/** Whole words in lower case, one space around each; Chinese is not written in words and stays as it is. */
function spaced(text: string): string {
  const words = text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\p{N}]+/u);
  return ` ${words.join(' ')} `;
}

const WORDS_ON_DELIVERY =
  '(?:cod|c o d|cashondelivery|(?:cash|card|collect|collected|pay|payable|paid|payment) on delivery' +
  '|наложен(?:ный|ного|ному|ным|ном) платеж(?:а|у|ом|ем|е)?|(?:при|по) получении)';
const HAN_ON_DELIVERY = '(?:货到付款|貨到付款|代收货款|代收貨款)';
const ON_DELIVERY = new RegExp(` ${WORDS_ON_DELIVERY} |${HAN_ON_DELIVERY}`, 'u');
const DENIED = new RegExp(
  ` (?:not?|non|without|не|нет|без)(?: an?| by| with)? ${WORDS_ON_DELIVERY}(?= )` +
    `| ${WORDS_ON_DELIVERY} (?:no|not|false|нет)(?= $)` +
    `|(?:非|不|不是|不用|不支持|无|無|没有|未) ?${HAN_ON_DELIVERY}`,
  'gu',
);
const BEFOREHAND =
  / (?:paid|prepaid|prepayment|shopify payments|shop pay|paypal|paypal express checkout|stripe|apple pay|google pay|alipay|wechat pay|credit card|debit card|gift card|предоплата|оплачено|оплачен) |支付宝|微信支付|已付款|已支付/u;
const DENIED_PAID = / (?:not|not yet|не) (?:paid|prepaid|оплачено|оплачен) /u;
