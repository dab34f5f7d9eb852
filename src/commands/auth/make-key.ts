import { randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import type { Values } from '../../config/option.ts';
import type { NEW_KEY_OPTIONS } from '../../config/serve-options.ts';
import { GorodError } from '../../errors.ts';
import { hashKey, isKeyName, type KeyEntry, parseKeyFile, renderKeyEntry } from '../../server/keys.ts';
import type { Terminal } from '../terminal.ts';

const KEY_BYTES = 32;

/**
 * Prints a new key on stdout, once, and adds its line to the key file; without one it is told which line to add.
 * Throws GorodError BAD_OPTION, or OUTPUT_FAILED where the file cannot be written.
 */
export async function makeKey(
  name: string,
  { keys: file, limit }: Values<typeof NEW_KEY_OPTIONS>,
  terminal: Terminal,
): Promise<void> {
  if (!isKeyName(name)) {
    throw new GorodError('BAD_OPTION', 'NAME: up to 64 letters, digits and . _ @ -, a letter or digit first.');
  }
  const key = randomBytes(KEY_BYTES).toString('base64url');
  const entry: KeyEntry = { name, sha256: hashKey(key), ...(limit === undefined ? {} : { limit }) };
  const pace = limit === undefined ? '' : `, ${limit} requests a second at most`;
  if (file === undefined) {
    terminal.stderr.write(
      `gorod: add this line to the file that gorod serve --keys names:\n${renderKeyEntry(entry)}\n`,
    );
  } else {
    await addEntry(file, entry);
    terminal.stderr.write(`gorod: added ${name} to ${file}${pace}; a running gorod serve knows it within seconds\n`);
  }
  terminal.stderr.write('gorod: the key, which cannot be shown again:\n');
  terminal.stdout.write(`${key}\n`);
}

async function addEntry(file: string, entry: KeyEntry): Promise<void> {
  const before = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '';
    throw new GorodError('BAD_OPTION', `--keys: cannot read ${file} (${cause.code}).`, { cause });
  });
  if (parseExisting(file, before).some(({ name }) => name === entry.name)) {
    throw new GorodError('BAD_OPTION', `NAME: ${file} has a key of ${entry.name} already; remove its line first.`);
  }
  const ownLine = before === '' || before.endsWith('\n') ? '' : '\n';
  try {
    const opened = await open(file, 'a', 0o600);
    try {
      await opened.appendFile(`${ownLine}${renderKeyEntry(entry)}\n`);
      await opened.sync();
    } finally {
      await opened.close();
    }
  } catch (cause) {
    throw new GorodError('OUTPUT_FAILED', `--keys: cannot write ${file}.`, { cause });
  }
}

function parseExisting(file: string, text: string): readonly KeyEntry[] {
  try {
    return parseKeyFile(text);
  } catch (cause) {
    throw new GorodError('BAD_OPTION', `--keys: ${file}: ${cause instanceof Error ? cause.message : cause}.`, {
      cause,
    });
  }
}
