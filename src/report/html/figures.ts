import type { Language } from '../../languages.ts';
import { WORDS, type Words } from './words.ts';

/** How figures look in a language. */
export interface Figures {
  readonly words: Words;
  number(value: number): string;
  /** Of a whole; only nothing is shown as 0 %, only all as 100 %. */
  share(part: number, whole: number): string;
  roubles(value: number): string;
  rows(count: number): string;
  /** With a sign where it is not 0. */
  change(value: number): string;
  time(iso: string): string;
  duration(milliseconds: number): string;
}

/** Makes the figures of a page. `timeZone` is an IANA name. */
export function figuresOf(language: Language, timeZone: string): Figures {
  const words = WORDS[language];
  const { locale } = words;
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, signDisplay: 'exceptZero' });
  const whole = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const money = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'RUB',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 0,
  });
  const moment = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  });
  const unit = (name: 'second' | 'minute' | 'hour', digits: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits });
  return {
    words,
    number: (value) => plain.format(value),
    share: (part, all) => {
      const share = all === 0 ? 0 : part / all;
      if (share > 0 && share < 0.001) return `< ${tenths.format(0.001)}`;
      if (share > 0.999 && share < 1) return `> ${tenths.format(0.999)}`;
      return (share < 0.1 || share > 0.99 ? tenths : whole).format(share);
    },
    roubles: (value) => money.format(value),
    rows: (count) => words.rows(count, plain.format(count)),
    change: (value) => signed.format(value),
    time: (iso) => moment.format(new Date(iso)),
    duration: (milliseconds) => {
      const seconds = milliseconds / 1000;
      if (seconds < 60) return unit('second', 1).format(seconds);
      const minutes = Math.floor(seconds / 60);
      const rest = unit('second', 0).format(Math.floor(seconds % 60));
      if (minutes < 60) return `${unit('minute', 0).format(minutes)} ${rest}`;
      return `${unit('hour', 0).format(Math.floor(minutes / 60))} ${unit('minute', 0).format(minutes % 60)}`;
    },
  };
}
