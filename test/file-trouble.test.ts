import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { writeTrouble } from '../src/file-trouble.ts';

describe('why a file cannot be written', () => {
  it('is told in the same words where a database does not fit on the disk', () => {
    const database = new Database(':memory:');
    database.pragma('max_page_count = 2');
    let cause: unknown;
    try {
      database.exec('CREATE TABLE one (a); CREATE TABLE two (a); CREATE TABLE three (a)');
    } catch (error) {
      cause = error;
    }
    expect(cause).toMatchObject({ code: 'SQLITE_FULL' });
    expect(writeTrouble(cause)).toBe(writeTrouble(Object.assign(new Error('no space left'), { code: 'ENOSPC' })));
    database.close();
  });
});
