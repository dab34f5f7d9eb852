import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The texts that the cells of a workbook name by number. */
export interface SharedStrings extends Disposable {
  add(text: string): void;
  /** Undefined where there is no text of that number. */
  get(index: number): string | undefined;
}

/** A text with its length before it stands in one block; a cell's text is at most a fourth of that. */
const BLOCK_BYTES = 1 << 20;
const LENGTH_BYTES = 4;
const WINDOW_BYTES = 1 << 16;
const STARTS = 1 << 16;

/**
 * Keeps texts compactly: as UTF-8, `memoryBlocks` MiB of them in memory and the others in a temporary file that only
 * this user can read. A sheet names most of its texts in the order in which they stand, so that the file is mostly read
 * from front to back.
 */
export function sharedStrings(memoryBlocks = 32): SharedStrings {
  const starts: Uint32Array[] = [];
  const blocks: Buffer[] = [];
  let count = 0;
  let block = Buffer.allocUnsafe(BLOCK_BYTES);
  let filled = 0;
  let finished = 0;
  let spilled: SpillFile | undefined;

  function finishBlock(): void {
    if (blocks.length < memoryBlocks) {
      blocks.push(block);
      block = Buffer.allocUnsafe(BLOCK_BYTES);
    } else {
      spilled ??= openSpillFile();
      spilled.append(block);
    }
    finished += 1;
    filled = 0;
  }

  return {
    add(text) {
      if (BLOCK_BYTES - filled < LENGTH_BYTES + text.length * 3) finishBlock();
      const at = count % STARTS;
      if (at === 0) starts.push(new Uint32Array(STARTS));
      const places = starts.at(-1);
      if (places !== undefined) places[at] = finished * BLOCK_BYTES + filled;
      const bytes = block.write(text, filled + LENGTH_BYTES);
      block.writeUInt32LE(bytes, filled);
      filled += LENGTH_BYTES + bytes;
      count += 1;
    },
    get(index) {
      if (!Number.isInteger(index) || index < 0 || index >= count) return undefined;
      const start = starts[Math.floor(index / STARTS)]?.[index % STARTS] ?? 0;
      const number = Math.floor(start / BLOCK_BYTES);
      const within = start % BLOCK_BYTES;
      if (number === finished) return textAt(block, within);
      const held = blocks[number];
      if (held !== undefined) return textAt(held, within);
      return spilled?.read(start - memoryBlocks * BLOCK_BYTES);
    },
    [Symbol.dispose]: () => spilled?.[Symbol.dispose](),
  };
}

function textAt(bytes: Buffer, start: number): string {
  const from = start + LENGTH_BYTES;
  return bytes.toString('utf8', from, from + bytes.readUInt32LE(start));
}

interface SpillFile extends Disposable {
  append(block: Buffer): void;
  read(start: number): string;
}

function openSpillFile(): SpillFile {
  const folder = mkdtempSync(join(tmpdir(), 'gorod-texts-'));
  const file = openSync(join(folder, 'texts'), 'wx+', 0o600);
  // Where the system allows it the file has no name from now on: nothing stays behind, however the process ends.
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const isNameless = process.platform !== 'win32';
  if (isNameless) remove();
  let window: Buffer = Buffer.allocUnsafe(WINDOW_BYTES);
  let from = 0;
  let held = 0;
  return {
    append(block) {
      for (let done = 0; done < block.length; ) done += writeSync(file, block, done);
    },
    read(start) {
      const isHeld = (bytes: number) => start >= from && start + bytes <= from + held;
      const hold = (bytes: number) => {
        if (window.length < bytes) window = Buffer.allocUnsafe(bytes);
        from = start;
        held = readSync(file, window, 0, window.length, start);
      };
      if (!isHeld(LENGTH_BYTES)) hold(WINDOW_BYTES);
      const bytes = LENGTH_BYTES + window.readUInt32LE(start - from);
      if (!isHeld(bytes)) hold(bytes);
      return textAt(window, start - from);
    },
    [Symbol.dispose]() {
      closeSync(file);
      if (!isNameless) remove();
    },
  };
}
