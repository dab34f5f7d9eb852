import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gorod, temporaryFolder } from '../support/cli.ts';
import { readAll } from './read-all.ts';

describe('the spreadsheets in fixtures/files', () => {
  it.each(['marketplace', 'libreoffice'])('%s.xlsx gives what is expected, as CSV and as XLSX', async (name) => {
    using folder = temporaryFolder();
    const input = resolve(`fixtures/files/${name}.xlsx`);
    for (const output of ['out.csv', 'out.xlsx']) {
      const fields = ['--fields', 'status,verdict,city_name,cod_flag'];
      const result = await gorod(['run', input, '-o', output, '--detector', 'local', ...fields], { cwd: folder.path });
      expect(result.code).toBe(0);
    }
    const expected = readFileSync(`fixtures/files/${name}.expected.csv`, 'utf8');
    expect(readFileSync(folder.file('out.csv'), 'utf8').replace(/^\ufeff/, '')).toBe(expected);
    const { header, rows } = await readAll(folder.file('out.xlsx'));
    expect(`${[header.join(','), ...rows.map(({ text }) => text)].join('\n')}\n`).toBe(expected);
  });
});
