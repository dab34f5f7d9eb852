import { mkdirSync, writeFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;
beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(folder.file('orders.csv'), 'Индекс;Адрес\n101000;"Москва, Мясницкая 1"\n300041;"Тула, Ленина 1"\n');
  writeFileSync(folder.file('cp1251.csv'), iconv.encode('Индекс;Адрес\n101000;Москва, Мясницкая\n', 'windows-1251'));
  writeFileSync(folder.file('broken.csv'), 'postcode,address\n101000,Moskva,7\n');
  writeFileSync(folder.file('titled.csv'), 'Report,x\npostcode,address\n101000,Moskva\n');
  writeFileSync(folder.file('empty.csv'), '');
  writeFileSync(folder.file('page.csv'), '<html><body>Log in</body></html>');
  mkdirSync(folder.file('inbox'));
  mkdirSync(folder.file('none'));
  writeFileSync(folder.file('inbox/a.csv'), 'postcode,address\n101000,Moskva\n');
});
afterAll(() => folder[Symbol.dispose]());

/** Names of files, options, columns, detectors and codes are the same in every language. */
const NAMES =
  /"[^"]*"|«[^»]*»|“[^”]*”|\S*\.(?:csv|xlsx|html)\S*|\bgorod(?: (?:run|retry))?\b|--[a-z-]+(?: (?:keep|[a-z]+=\S+))?|\bERR_[A-Z_]+|\bCSV(?: UTF-8)?\b|UTF-\d+|GB18030|windows-1251|KOI8-R|utf-8|OAuth|Excel|XML|\b(?:accept|review|reject|api|local)\b/g;

function ofEnglish(text: string): readonly string[] {
  return text.replace(NAMES, ' ').match(/[a-z]{2,} [a-z]{2,}/gi) ?? [];
}

describe.each(['ru', 'zh'])('in %s', (language) => {
  it.each<[string, string[], number]>([
    ['a run', ['run', 'orders.csv', '-o', 'out.csv', '--progress', 'plain'], 0],
    ['a recognised encoding', ['run', 'cp1251.csv', '-o', 'out.csv'], 0],
    ['a check', ['check', 'orders.csv'], 0],
    ['a trial', ['run', 'orders.csv', '--dry-run'], 0],
    ['a folder with nothing in it', ['run', 'none'], 0],
    ['a missing file', ['check', 'missing.csv'], 1],
    ['a missing file of a run', ['run', 'missing.csv'], 1],
    ['a missing folder', ['run', 'orders.csv', '-o', 'nowhere/out.csv'], 1],
    ['a pattern without files', ['run', '*.xlsx'], 2],
    ['a broken row', ['run', 'broken.csv'], 1],
    ['a title above the headers', ['run', 'titled.csv'], 2],
    ['an empty file', ['run', 'empty.csv'], 1],
    ['a web page', ['run', 'page.csv'], 1],
    ['a header that is not there', ['run', 'orders.csv', '--columns', 'postcode=Zip'], 2],
    ['a missing key', ['run', 'orders.csv', '--detector', 'api'], 2],
  ])('%s is told without English', async (_, args, code) => {
    const told = await gorod([...args, '--lang', language], { cwd: folder.path });
    expect(told.code).toBe(code);
    expect(told.stderr + told.stdout).not.toBe('');
    expect(ofEnglish(told.stderr + told.stdout), told.stderr + told.stdout).toEqual([]);
  });

  it('a folder whose files are done is told so', async () => {
    const args = ['run', 'inbox', '--lang', language];
    await gorod(args, { cwd: folder.path });
    const { stderr } = await gorod(args, { cwd: folder.path });
    expect(stderr).toContain(
      language === 'ru' ? 'нового нет; сделано раньше, файлов: 1' : '没有新文件；此前已完成的文件：1',
    );
  });
});

describe('a file that is not there', () => {
  it.each(['run', 'check'])('is named by %s in plain words, with what to do', async (command) => {
    const { stderr, code } = await gorod([command, 'missing.csv'], { cwd: folder.path });
    expect(code).toBe(1);
    expect(stderr).toContain('gorod: cannot read missing.csv: there is no such file; check its name and folder.\n');
    expect(stderr).not.toContain('ENOENT');
  });

  it('is told in the language of the environment where no option names one', async () => {
    const { stderr } = await gorod(['check', 'missing.csv'], { cwd: folder.path, env: { GOROD_LANG: 'ru' } });
    expect(stderr).toContain('не удалось прочитать missing.csv: такого файла нет; проверьте имя и папку.');
  });
});
