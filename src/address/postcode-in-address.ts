/** A run of digits with what stands right around it. */
interface DigitRun {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** Words before a number that say what it is, and it is no postcode. In lower case, without dots. */
const OTHER_NUMBER =
  /(?:телефон|тел|моб|т|факс|phone|tel|ph|mobile|mob|fax|инн|inn|id|заказа|заказ|order|трек|track|домофон|电话|手机|订单|单号|no|nr|[№#])[\s.:：№#]*$/iu;
const RU_BEFORE = /(?<!\p{L})(?:RU|RUS|РФ)[\s-]*$/iu;
const HAN_BEFORE = /\p{Script=Han}$/u;
const HAN_BEHIND = /^\p{Script=Han}/u;
/** Between two runs of digits these make one number of them: a phone, an account. */
const TIES = /^[\s()+–—-]*$/;
/** Written together whatever their length: 12-345678, 345678/1. */
const TIGHT_TIES = /^[-–—./]$/;

/** Whether six digits can be a Russian postcode: Moscow's begin with 101, those of the Far East end with 694. */
export function isRussianPostcode(digits: string): boolean {
  return /^[1-6][0-9]{5}$/.test(digits) && Number(digits) >= 101_000 && Number(digits) < 695_000;
}

/**
 * The different postcodes that stand in an address: six digits on their own, which are neither a phone nor part of a
 * longer number. More than one means that the address leaves it open.
 */
export function postcodesInAddress(address: string): readonly string[] {
  if (!/[0-9０-９]{6}/.test(address)) return [];
  const text = address.normalize('NFKC');
  const runs = [...text.matchAll(/[0-9]+/g)].map((match): DigitRun => {
    return { digits: match[0], start: match.index, end: match.index + match[0].length };
  });
  const found = runs.flatMap((run, index) => {
    if (!isRussianPostcode(run.digits)) return [];
    if (isTied(runs[index - 1], run, text) || isTied(run, runs[index + 1], text)) return [];
    return standsAlone(run, text) ? [run.digits] : [];
  });
  return [...new Set(found)];
}

/** `+7 4162 345678` and `12-345678` are one number each; `Lenina 21 675000` and `21, 675000` are two. */
function isTied(one: DigitRun | undefined, other: DigitRun | undefined, text: string): boolean {
  if (one === undefined || other === undefined) return false;
  const between = text.slice(one.end, other.start);
  if (TIGHT_TIES.test(between)) return true;
  const shorter = Math.min(one.digits.length, other.digits.length);
  return TIES.test(between) && (shorter > 2 || text[one.start - 1] === '+');
}

function standsAlone({ start, end }: DigitRun, text: string): boolean {
  const before = text.slice(0, start);
  const behind = text.slice(end);
  if (OTHER_NUMBER.test(before) && !/[\p{L}\p{N}]$/u.test(before.replace(OTHER_NUMBER, ''))) return false;
  if (/^[\p{L}_]/u.test(behind) && !HAN_BEHIND.test(behind)) return false;
  if (/[\p{L}_+]$/u.test(before)) return RU_BEFORE.test(before) || HAN_BEFORE.test(before);
  return true;
}
