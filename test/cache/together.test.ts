import Database from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import { atOnce, gathering } from '../../src/cache/together.ts';

let database: Database.Database;
let commits: number;

beforeEach(() => {
  database = new Database(':memory:');
  database.exec('CREATE TABLE written (number INTEGER PRIMARY KEY CHECK (number < 100))');
  commits = 0;
});

const write = (number: number) => database.prepare('INSERT INTO written VALUES (?)').run(number).changes;
const written = () => database.prepare('SELECT number FROM written').pluck().all();

function gathered() {
  const inTransaction = database.transaction((work: () => void) => work());
  return gathering((work) => {
    inTransaction(work);
    commits += 1;
  });
}

describe('work that is written together', () => {
  test('is one transaction for those who come at the same time, and each has its own result', async () => {
    const { together } = gathered();
    const results = await Promise.all([1, 2, 3].map((number) => together(() => write(number) + number)));
    expect(results).toEqual([2, 3, 4]);
    expect([written(), commits]).toEqual([[1, 2, 3], 1]);
  });

  test('is told only when it is committed', async () => {
    const { together } = gathered();
    const seen = together(() => write(1)).then(() => commits);
    expect(written()).toEqual([]);
    expect(await seen).toBe(1);
  });

  test('that fails is told its own error, and the others are written', async () => {
    const { together } = gathered();
    const all = await Promise.allSettled([1, 100, 2].map((number) => together(() => write(number))));
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(written()).toEqual([1, 2]);
  });

  test('is done one by one where the whole cannot be committed', async () => {
    let refusals = 1;
    const { together } = gathering((work) => {
      database.transaction(() => {
        work();
        refusals -= 1;
        if (refusals === 0) throw new Error('the disk is full');
      })();
    });
    expect(await Promise.all([1, 2].map((number) => together(() => write(number))))).toEqual([1, 1]);
    expect(written()).toEqual([1, 2]);
  });

  test('is told why where the transaction does not even begin, and is not tried alone', async () => {
    let tries = 0;
    const { together } = gathering(() => {
      throw new Error('locked');
    });
    const all = [1, 2].map(() =>
      together(() => {
        tries += 1;
      }),
    );
    for (const one of all) await expect(one).rejects.toThrow('locked');
    expect(tries).toBe(0);
  });

  test('is written by closing; what comes later is done at once', async () => {
    const { together, close } = gathered();
    const before = together(() => write(1));
    close();
    expect([written(), commits]).toEqual([[1], 1]);
    const after = together(() => write(2));
    expect([written(), commits]).toEqual([[1, 2], 1]);
    expect(await Promise.all([before, after])).toEqual([1, 1]);
  });
});

test('where a transaction costs nothing, work is done at once', async () => {
  const done = atOnce(() => write(7));
  expect(written()).toEqual([7]);
  expect(await done).toBe(1);
});
