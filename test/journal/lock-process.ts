import { once } from 'node:events';
import { closeSync, openSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { GorodError } from '../../src/errors.ts';
import { type Journal, openJournal } from '../../src/journal/journal.ts';

// One of several processes that want the same journals: `lock-process.ts FOLDER MODE`. It prints "ready", and begins at the
// moment it is then told, in milliseconds since 1970.
const [folder = '', mode = ''] = process.argv.slice(2);
const told = createInterface({ input: process.stdin });
const ended = once(told, 'close');
process.stdout.write('ready\n');
const [start] = await once(told, 'line');

function tryToOpen(name: string) {
  try {
    return openJournal(`${folder}/${name}`, {
      output: name,
      fingerprints: { input: 'i', options: 'o', answers: 'a' },
      sizes: () => ({ partialBytes: undefined, outputBytes: undefined }),
      restart: false,
      now: 0,
      pid: process.pid,
    });
  } catch (error) {
    if (error instanceof GorodError && error.code === 'OUTPUT_BUSY') return undefined;
    throw error;
  }
}

/** At the same moment as the others; what is opened stays so until stdin ends. Prints the names of what it has, and "tried". */
async function each(): Promise<void> {
  const held: Journal[] = [];
  for (let round = 0; round < 8; round++) {
    await setTimeout(Number(start) + round * 400 - Date.now());
    const journal = tryToOpen(`${round}.journal`);
    if (journal === undefined) continue;
    held.push(journal);
    process.stdout.write(`${round}\n`);
  }
  process.stdout.write('tried\n');
  await ended;
  for (const journal of held) journal.close();
}

/** One journal again and again, which is removed each time. Prints a line each time it had it. */
async function inTurn(): Promise<void> {
  await setTimeout(Number(start) - Date.now());
  const inside = `${folder}/inside`;
  for (let time = 0; time < 100; time++) {
    const journal = tryToOpen('one.journal');
    if (journal === undefined) continue;
    // Fails where another process is here.
    closeSync(openSync(inside, 'wx'));
    process.stdout.write(`${time}\n`);
    rmSync(inside);
    journal.remove();
  }
}

await (mode === 'each' ? each() : inTurn());
told.close();
