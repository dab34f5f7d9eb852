import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const page = readFileSync('CONTRIBUTING.md', 'utf8');
const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const named = [...page.matchAll(/^\| (.+?) \| .{4,} \|$/gm)].flatMap(([, names = '']) => names.split(', '));

describe('CONTRIBUTING.md gives the reason for', () => {
  it.each(Object.keys({ ...dependencies, ...devDependencies }))('%s', (name) => {
    expect(named).toContain(name.startsWith('@types/') ? '@types/*' : name);
  });
});
