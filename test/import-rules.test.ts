import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const BIOME = resolve('node_modules/.bin/biome');

describe('the import rules bite', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gorod-rules-'));
    copyFileSync('biome.json', join(folder, 'biome.json'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function lint(file: string, source: string): string {
    const path = join(folder, file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, source);
    const { stdout, stderr } = spawnSync(BIOME, ['lint', '--vcs-enabled=false', file], {
      cwd: folder,
      encoding: 'utf8',
    });
    return stdout + stderr;
  }

  it.each([
    ['src/address/planted.ts', "import { x } from '../cdek/x.ts';\nexport const y = x;\n"],
    ['src/toponym/planted.ts', "import { x } from '../gazetteer/x.ts';\nexport const y = x;\n"],
    ['src/pipeline/planted.ts', "import { x } from '../cdek/x.ts';\nexport const y = x;\n"],
    ['src/pipeline/planted.ts', "import got from 'got';\nexport const y = got;\n"],
    ['src/cache/planted.ts', "import { parse } from 'csv-parse/sync';\nexport const y = parse;\n"],
    ['src/columns/planted.ts', "import { x } from '../gazetteer/x.ts';\nexport const y = x;\n"],
    ['src/detector/planted.ts', "import { None } from 'oauth4webapi';\nexport const y = None;\n"],
    ['src/csv/planted.ts', "import { x } from '../compose/plan.ts';\nexport const y = x;\n"],
    ['src/csv/planted.ts', "import { x } from '../columns/x.ts';\nexport const y = x;\n"],
    ['src/server/planted.ts', "import { x } from '../cdek/x.ts';\nexport const y = x;\n"],
    ['src/learn/planted.ts', "import { x } from '../detector/x.ts';\nexport const y = x;\n"],
    ['src/library/planted.ts', "import { x } from '../compose/plan.ts';\nexport const y = x;\n"],
    ['src/pipeline/planted.ts', "import Fastify from 'fastify';\nexport const y = Fastify;\n"],
    ['src/csv/planted.ts', "import { x } from '../compose/compose.ts';\nexport const y = x;\n"],
  ])('in %s', (file, source) => {
    expect(lint(file, source)).toContain('noRestrictedImports');
  });

  it('but let through what is allowed', () => {
    const allowed = "import { x } from '../address/x.ts';\nexport const y = x;\n";
    expect(lint('src/pipeline/planted.ts', allowed)).not.toContain('noRestrictedImports');
    const front = "import { x } from '../compose/compose.ts';\nexport const y = x;\n";
    expect(lint('src/library/planted.ts', front)).not.toContain('noRestrictedImports');
  });
});
