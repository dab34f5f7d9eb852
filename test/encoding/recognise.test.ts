import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { ENCODINGS, type Encoding } from '../../src/encoding/encodings.ts';
import { type Recognised, recogniseEncoding } from '../../src/encoding/recognise.ts';
import { lookAhead } from '../../src/encoding/sample.ts';
import { knownHeaders } from '../../src/pipeline/known-headers.ts';
import { cutAt, streamOf } from '../csv/tables.ts';
import { ONE_WORD, TOLD_TEXTS } from './order-texts.ts';

async function recognised(bytes: Uint8Array): Promise<Recognised | undefined> {
  const read = () => streamOf(cutAt(bytes, [0.2, 0.5, 0.77]));
  const { sample } = await lookAhead({ read, isRereadable: true });
  return recogniseEncoding(sample, knownHeaders);
}

/** The bytes of a text; undefined where the encoding does not have its characters. */
function encoded(text: string, encoding: string): Uint8Array | undefined {
  const bytes = iconv.encode(text, encoding, { addBOM: false });
  return iconv.decode(bytes, encoding) === text ? bytes : undefined;
}

const NARROW: readonly Encoding[] = ['gb18030', 'windows-1251', 'koi8-r'];

describe.each(Object.entries(TOLD_TEXTS))('a text that is %s', (_, text) => {
  test.each(ENCODINGS)('is told in %s, of 4 rows as of 40,000', async (encoding) => {
    for (const rows of [4, 40, 40_000]) {
      const bytes = encoded(text(rows), encoding);
      if (bytes !== undefined) expect(await recognised(bytes)).toEqual({ encoding, runnersUp: [] });
    }
  });
});

describe('a text with few letters', () => {
  test.each(NARROW)('one word in %s is taken for what it is, but others are named', async (encoding) => {
    const bytes = encoded(ONE_WORD(4), encoding) ?? new Uint8Array();
    const found = await recognised(bytes);
    expect(found?.encoding).toBe(encoding);
    if (encoding !== 'gb18030') expect(found?.runnersUp).toContain('gb18030');
  });

  test('a word of two letters, or of two hanzi, can be taken for another encoding: the right one is named', async () => {
    for (const [word, encoding] of [
      ['ул', 'koi8-r'],
      ['李', 'gb18030'],
    ] as const) {
      const found = await recognised(encoded(`x,y\n1,${word}\n`, encoding) ?? new Uint8Array());
      expect(found?.encoding).toBe('windows-1251');
      expect(found?.runnersUp).toContain(encoding);
    }
  });

  test('a number sign alone is of windows-1251', async () => {
    expect(
      (await recognised(encoded('zip,address\n1,"Lenina 5, №5"\n', 'windows-1251') ?? new Uint8Array()))?.encoding,
    ).toBe('windows-1251');
  });

  test('of ASCII alone is UTF-8, and so is nothing at all', async () => {
    for (const text of ['', 'zip,address\n675000,Lenina\n', 'a\0b,c\n']) {
      expect(await recognised(Buffer.from(text))).toEqual({ encoding: 'utf-8', runnersUp: [] });
    }
  });
});

describe('UTF-8', () => {
  test('of any language is UTF-8', async () => {
    for (const text of ['Αθήνα', 'ქუთაისი', 'תל אביב', 'دبي', '東京都', '서울', 'Łódź', '👍', '№', 'Ё', '联通']) {
      expect((await recognised(Buffer.from(`zip,address\n1,${text}\n`)))?.encoding, text).toBe('utf-8');
    }
  });

  test('with a damaged letter stays UTF-8, so that the line can be named', async () => {
    const bytes = Buffer.from('zip,address\n1,Благовещенск\n2,Тула\n');
    bytes[20] = 0x20;
    expect((await recognised(bytes))?.encoding).toBe('utf-8');
  });
});

describe('a text in none of the encodings is refused', () => {
  const RUSSIAN = TOLD_TEXTS['all Russian']?.(4) ?? '';
  test.each([
    ['cp866', RUSSIAN],
    ['iso-8859-5', RUSSIAN],
    ['maccyrillic', RUSSIAN],
    ['latin1', 'zip,address\n1,Müller Straße 5\n2,Café\n'],
    ['latin1', 'zip,address\n1,Café\n'],
    ['windows-1250', 'zip,address\n1,Łódź ulica Żółta 5\n2,Kraków Świętokrzyska\n'],
    ['windows-1254', 'zip,address\n1,İstanbul Şişli Çağlayan\n'],
    ['big5', '郵遞區號,地址\n100,臺北市中正區重慶南路一段122號\n101,高雄市苓雅區四維三路2號\n'],
    ['shift_jis', '郵便番号,住所\n100,東京都千代田区丸の内一丁目\n'],
  ])('%s', async (encoding, text) => {
    expect(await recognised(encoded(text, encoding) ?? new Uint8Array())).toBeUndefined();
  });
});

test.each([3, 1 << 20, 5 << 20])('the first Cyrillic letter may come after %i bytes', async (bytes) => {
  const text = `zip,address\n${'1,Lenina 5\n'.repeat(bytes / 11)}${TOLD_TEXTS['Russian under Latin headers']?.(4)}`;
  expect((await recognised(iconv.encode(text, 'koi8-r')))?.encoding).toBe('koi8-r');
});
