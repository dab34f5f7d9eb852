import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyKey, createKeyring, hashKey, isKeyName, parseKeyFile, renderKeyEntry } from '../../src/server/keys.ts';

const ERP = { name: 'erp', sha256: hashKey('one'), limit: 20 };
const SHOP = { name: 'shop.2', sha256: hashKey('two') };

test('a key file is what renderKeyEntry writes, with comments and blank lines', () => {
  const text = `# keys\r\n\n${renderKeyEntry(ERP)}\r\n  ${renderKeyEntry(SHOP)}  \n# end`;
  expect(parseKeyFile(text)).toEqual([ERP, SHOP]);
  expect(parseKeyFile('')).toEqual([]);
});

describe('a line that is no entry ends the reading, with its number and without its words', () => {
  const secret = 'x'.repeat(43);
  test.each([
    ['a key instead of its hash', `erp ${secret}`, 'line 2 is not'],
    ['a hash in upper case', `erp sha256:${hashKey('x').toUpperCase()}`, 'line 2 is not'],
    ['a limit that is none', `${renderKeyEntry(SHOP)} fast`, 'line 2 is not'],
    ['a limit of nothing', `${renderKeyEntry(SHOP)} 0`, 'line 2 is not'],
    ['more than an entry', `${renderKeyEntry(SHOP)} 5 5`, 'line 2 is not'],
    ['a name with other characters', `e/p sha256:${hashKey('x')}`, 'line 2 is not'],
    ['a name again', `erp sha256:${hashKey('x')}`, 'line 2 repeats a name'],
    ['a key again', `other sha256:${hashKey('one')}`, 'line 2 repeats a key'],
  ])('%s', (_, line, message) => {
    const read = () => parseKeyFile(`${renderKeyEntry(ERP)}\n${line}\n`);
    expect(read).toThrow(message);
    expect(read).not.toThrow(secret);
  });
});

test('a keyring finds whose a key is, and nobody for any other', () => {
  const keyring = createKeyring([ERP, SHOP]);
  expect([keyring.find('one'), keyring.find('two')]).toEqual([ERP, SHOP]);
  fc.assert(
    fc.property(fc.string(), (key) => {
      fc.pre(key !== 'one' && key !== 'two');
      expect(keyring.find(key)).toBeUndefined();
    }),
  );
  expect(keyring.find(ERP.sha256)).toBeUndefined();
  expect(createKeyring([]).find('one')).toBeUndefined();
});

test('a server without keys knows everybody', () => {
  expect(anyKey.find('whatever')?.limit).toBeUndefined();
});

test.each([
  ['erp', true],
  ['shop-2.test@host_1', true],
  ['', false],
  ['-x', false],
  ['a b', false],
  ['#x', false],
  ['x'.repeat(65), false],
])('whether %j is a name: %s', (name, expected) => {
  expect(isKeyName(name)).toBe(expected);
});
