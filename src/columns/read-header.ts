import {
  HEADER_WORDS,
  type HeaderRole,
  OTHER_QUALIFIERS,
  plainHeader,
  QUALIFIERS,
  UNRELATED_WORDS,
} from './header-words.ts';

/** What a header says of its column. */
export interface HeaderReading {
  /** Undefined where the header says nothing that gorod knows. */
  readonly role: HeaderRole | undefined;
  /** Whose it is: of the recipient, of someone else (sender, payer), or not said. */
  readonly whose: 'recipient' | 'other' | 'unsaid';
  /** The header speaks of something else, so that the values must not speak for it: an order number, a phone. */
  readonly unrelated: boolean;
}

/** `COD, руб.` is as good as `COD`. */
const CURRENCY = / (?:rub|rur|руб|рублей|в рублях|卢布)$/u;
/** Address 2, address_line_3, address2. */
const FURTHER_LINE = /^(.*\p{L}) ?([1-4])$/u;

/** Reads one header. */
export function readHeader(header: string): HeaderReading {
  const plain = plainHeader(header).replace(CURRENCY, '');
  const own = roleOf(plain);
  if (own !== undefined) return { role: own, whose: 'unsaid', unrelated: false };
  for (const [qualifiers, whose] of [
    [OTHER_QUALIFIERS, 'other'],
    [QUALIFIERS, 'recipient'],
  ] as const) {
    for (const qualifier of qualifiers) {
      const role = roleOf(without(plain, qualifier));
      if (role !== undefined) return { role, whose, unrelated: false };
    }
  }
  return { role: undefined, whose: 'unsaid', unrelated: isUnrelated(plain) };
}

function roleOf(plain: string): HeaderRole | undefined {
  const role = ROLE_OF.get(plain);
  if (role !== undefined) return role;
  const [, words = '', line] = FURTHER_LINE.exec(plain) ?? [];
  const base = line === undefined ? undefined : ROLE_OF.get(words.trim());
  if (base !== 'address' && base !== 'street') return undefined;
  return line === '1' ? 'line1' : 'line';
}

/** Of a word before or behind it; '' where the word is not there. A Chinese one stands without a space. */
function without(plain: string, qualifier: string): string {
  if (plain.startsWith(qualifier)) return plain.slice(qualifier.length).trim();
  const at = plain.lastIndexOf(qualifier);
  if (at === -1) return '';
  // ... address line 1 of the recipient: the number may come last.
  const behind = plain.slice(at + qualifier.length).trim();
  return behind === '' || /^[1-4]$/.test(behind) ? `${plain.slice(0, at).trim()} ${behind}`.trim() : '';
}

function isUnrelated(plain: string): boolean {
  const words = plain.split(' ');
  return UNRELATED_WORDS.some((word) => (/\p{Script=Han}/u.test(word) ? plain.includes(word) : words.includes(word)));
}

const ROLE_OF: ReadonlyMap<string, HeaderRole> = new Map(
  Object.entries(HEADER_WORDS).flatMap(([role, words]) =>
    words.map((word): [string, HeaderRole] => [word, role as HeaderRole]),
  ),
);
