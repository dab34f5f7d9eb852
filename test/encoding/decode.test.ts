import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { type DecodeOptions, decodeText } from '../../src/encoding/decode.ts';
import { encode } from '../../src/encoding/encode.ts';
import { ENCODINGS, type Encoding } from '../../src/encoding/encodings.ts';
import { knownHeaders } from '../../src/pipeline/known-headers.ts';
import { cutAt, cuts, streamOf } from '../csv/tables.ts';
import { TOLD_TEXTS } from './order-texts.ts';

interface Source {
  readonly places?: readonly number[];
  readonly isRereadable?: boolean;
}

async function decoded(bytes: Uint8Array, options: Partial<DecodeOptions> = {}, source: Source = {}) {
  const { places = [], isRereadable = true } = source;
  const read = () => streamOf(cutAt(bytes, places));
  const all = { name: 'orders.csv', encoding: undefined, headerWords: knownHeaders, ...options };
  const { chunks, ...told } = await decodeText({ read, isRereadable }, all);
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return { ...told, text };
}

const RUSSIAN = TOLD_TEXTS['all Russian']?.(4) ?? '';

describe('a text', () => {
  test.each(ENCODINGS)('in %s that is given comes out as it was, cut anywhere', async (encoding) => {
    const units = encoding === 'windows-1251' || encoding === 'koi8-r' ? [...'aЖя,\n'] : [...'aЖя,\n北堃é👍'];
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(...units) }),
        cuts,
        fc.boolean(),
        async (text, places, isRereadable) => {
          const found = await decoded(
            iconv.encode(text, encoding, { addBOM: false }),
            { encoding },
            { places, isRereadable },
          );
          expect(found).toMatchObject({ encoding, bom: false, text });
        },
      ),
    );
  });

  test.each(['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const)(
    'in %s with a byte-order mark needs no telling; one mark is taken off, however it is cut',
    async (encoding) => {
      const bytes = iconv.encode('\ufeff\ufeffx\ufeff', encoding, { addBOM: false });
      for (const isRereadable of [true, false]) {
        const places = Array.from({ length: bytes.length }, (_, at) => at / bytes.length);
        const found = await decoded(bytes, {}, { places, isRereadable });
        expect(found).toMatchObject({ encoding, bom: true, text: '\ufeffx\ufeff' });
      }
    },
  );

  test('that is empty, or a byte-order mark alone, is empty', async () => {
    expect(await decoded(new Uint8Array())).toMatchObject({ bom: false, text: '', remark: undefined });
    expect(await decoded(Buffer.from('\ufeff'))).toMatchObject({ bom: true, text: '', remark: undefined });
  });
});

describe('what is told of the encoding', () => {
  test.each<[string, Uint8Array, Encoding | undefined, string | undefined]>([
    ['nothing of UTF-8', Buffer.from(RUSSIAN), undefined, undefined],
    ['nothing of UTF-8 with its mark', Buffer.from(`\ufeff${RUSSIAN}`), undefined, undefined],
    ['what was recognised', iconv.encode(RUSSIAN, 'koi8-r'), undefined, 'encoding koi8-r (recognised)'],
    ['a mark', iconv.encode(RUSSIAN, 'utf-16le', { addBOM: true }), undefined, 'encoding utf-16le (byte-order mark)'],
    ['what was given', iconv.encode(RUSSIAN, 'windows-1251'), 'windows-1251', 'encoding windows-1251 (given)'],
    [
      'a mark that contradicts what was given',
      Buffer.from('\ufeffx'),
      'koi8-r',
      'encoding utf-8 (its byte-order mark says so; --encoding koi8-r does not hold for it)',
    ],
    [
      'a close call',
      iconv.encode('zip,address\n1,Тула\n', 'windows-1251'),
      undefined,
      'encoding windows-1251 (recognised, but gb18030 may be meant: look at the letters of the output, or say --encoding gb18030)',
    ],
  ])('is %s', async (_, bytes, encoding, remark) => {
    expect((await decoded(bytes, { encoding })).remark?.en).toBe(remark);
  });
});

describe('bytes without a meaning are refused', () => {
  test.each<[string, string | Uint8Array, Encoding | undefined, string]>([
    [
      'of no encoding',
      iconv.encode('zip,address\n1,Müller Straße\n', 'latin1'),
      undefined,
      'orders.csv: its text is neither UTF-8 nor looks like UTF-16, GB18030, windows-1251 or KOI8-R. ' +
        'Save it as "CSV UTF-8", or name its encoding with --encoding.',
    ],
    [
      'the free place of windows-1251',
      Buffer.concat([iconv.encode('Адрес\nТула\n', 'windows-1251'), Buffer.from([0x98])]),
      'windows-1251',
      'orders.csv, line 3: holds bytes that mean nothing in windows-1251. Name the encoding of the file with --encoding.',
    ],
    [
      'in gb18030',
      Buffer.concat([iconv.encode('地址\r\n北京\r\n', 'gb18030'), Buffer.from([0xff, 0x0a])]),
      'gb18030',
      'orders.csv, line 3: holds bytes that mean nothing in gb18030. Name the encoding of the file with --encoding.',
    ],
    [
      'half a character at the end',
      iconv.encode('a\nЖ', 'utf-16le').subarray(0, 5),
      'utf-16le',
      'orders.csv, line 2: holds bytes that mean nothing in utf-16le. Name the encoding of the file with --encoding.',
    ],
  ])('%s', async (_, bytes, encoding, message) => {
    for (const places of [[], [0.3, 0.6, 0.9]]) {
      const refusal = decoded(Buffer.from(bytes as Uint8Array), { encoding }, { places });
      await expect(refusal).rejects.toMatchObject({ code: 'BAD_INPUT', message });
    }
  });

  test('of stdin, whose first letter of another encoding comes too late to be seen', async () => {
    const bytes = Buffer.concat([Buffer.alloc(2 << 20, 'x,y\n'), iconv.encode(RUSSIAN, 'windows-1251')]);
    const places = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
    await expect(decoded(bytes, {}, { places, isRereadable: false })).rejects.toThrow(
      'orders.csv, line 524289: not UTF-8. Save the file as "CSV UTF-8" and run again, or name its encoding with --encoding.',
    );
    expect((await decoded(bytes, {}, { places })).encoding).toBe('windows-1251');
  });
});

describe('encoding a text', () => {
  test('gives what decodes to it, for every character of GB18030 that Unicode names', () => {
    let text = '';
    for (let code = 1; code <= 0x2_ffff; code += 1) {
      if (/[\p{L}\p{N}\p{P}\p{S}\p{Z}]/u.test(String.fromCodePoint(code))) text += String.fromCodePoint(code);
    }
    expect(new TextDecoder('gb18030').decode(encode(text, 'gb18030')) === text).toBe(true);
  });

  test.each(['windows-1251', 'koi8-r'] as const)('gives the byte of every character of %s', (encoding) => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 0x98);
    expect([...encode(new TextDecoder(encoding).decode(bytes), encoding)]).toEqual([...bytes]);
  });
});
