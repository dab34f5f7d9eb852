import { rmSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { GorodError } from '../errors.ts';
import { type FileLock, lockFile } from '../file-lock.ts';
import { writeTrouble } from '../file-trouble.ts';
import type { Texts } from '../languages.ts';
import { forgetHolder, nameHolder, readHolder } from './holder.ts';
import { beginJob, type Checkpoint, type Fingerprints, openRecord, type RecordedJob, readJob } from './record.ts';
import { CHANGED_TEXTS, JOURNAL_TEXTS } from './texts.ts';

/** The record of a job beside its partial output. While it is open no other process can open it. */
export interface Journal {
  /** When the first attempt began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Where to go on; undefined for a job that begins. */
  readonly resumeFrom: Checkpoint | undefined;
  /** The earlier attempt was killed after its output got its name: nothing is left to do but to tidy up. */
  readonly finished: boolean;
  /** Nothing of an earlier attempt belongs to this job: there was none, it is not gone on with, or its journal is gone. */
  readonly isNew: boolean;
  /** Why an earlier attempt is not gone on with; undefined where there was none or it is. */
  readonly startedOver: Texts | undefined;
  /**
   * Durable when it returns. The partial output must be synced before. `finalBytes` says that these are all rows and an
   * output of that size is about to get its name. Throws GorodError OUTPUT_FAILED.
   */
  save(checkpoint: Checkpoint, finalBytes?: number): void;
  /** Lets go of the job; the next run may go on with it. May be called again, also after `remove`. */
  close(): void;
  /** Lets go of the job for good; after `close` it does nothing, for then the journal may be another run's. */
  remove(): void;
}

/** In bytes; undefined where there is no such file. */
export interface OutputSizes {
  readonly partialBytes: number | undefined;
  /** Of the output under its final name. */
  readonly outputBytes: number | undefined;
}

export interface JournalOptions {
  /** As messages name it. */
  readonly output: string;
  readonly fingerprints: Fingerprints;
  /** Asked once nobody else is at work on the output. */
  readonly sizes: () => OutputSizes;
  /** Begin anew whatever is recorded. */
  readonly restart: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Number of this process, by which a second run on the same output names it. */
  readonly pid: number;
}

/**
 * Opens or begins the journal of an output. Throws GorodError OUTPUT_BUSY naming the process when another one is at
 * work on the same output, and OUTPUT_FAILED when the journal cannot be written.
 */
export function openJournal(file: string, options: JournalOptions): Journal {
  const lockName = `${file}.lock`;
  const lock = translated(lockName, () => lockFile(lockName));
  if (lock === undefined) throw new GorodError('OUTPUT_BUSY', JOURNAL_TEXTS.busy(options.output, readHolder(file)));
  return translated(file, () => openLocked(file, lock, options));
}

function openLocked(file: string, lock: FileLock, options: JournalOptions): Journal {
  const db = openNamed(file, lock, options.pid);
  const letGo = (names: readonly string[]) => {
    // What is closed may be another run's by now.
    if (!db.open) return;
    db.close();
    forgetHolder(file);
    try {
      for (const name of names) rmSync(name, { force: true });
    } finally {
      lock.release();
    }
  };
  const record = [file, `${file}-journal`];
  let before: RecordedJob | undefined;
  try {
    before = readJob(db);
    const sizes = options.sizes();
    const startedOver = before === undefined ? undefined : reasonToStartOver(before, options, sizes);
    const job = before === undefined || startedOver !== undefined ? beginJob(db, options) : before;
    const write = db.prepare('UPDATE job SET rows = ?, output_bytes = ?, counts = ?, final_bytes = ?');
    return {
      startedAt: job.startedAt,
      resumeFrom: job.checkpoint,
      finished: job === before && isFinished(job, sizes),
      isNew: job !== before,
      startedOver,
      save: ({ rows, outputBytes, counts }, finalBytes) => {
        translated(file, () => write.run(rows, outputBytes, counts, finalBytes ?? null));
      },
      close: () => letGo([]),
      remove: () => translated(file, () => letGo(record)),
    };
  } catch (error) {
    letGo(before === undefined ? record : []);
    throw error;
  }
}

function openNamed(file: string, lock: FileLock, pid: number): Database {
  try {
    nameHolder(file, pid);
    return openRecord(file);
  } catch (error) {
    const stat = statSync(file, { throwIfNoEntry: false });
    // What says nothing, e.g. on a full disk, is nothing to go on with.
    if (stat?.isFile() && stat.size === 0) rmSync(file);
    forgetHolder(file);
    lock.release();
    throw error;
  }
}

function translated<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new GorodError('OUTPUT_FAILED', JOURNAL_TEXTS.unwritable(file, writeTrouble(cause)), { cause });
  }
}

function reasonToStartOver(recorded: RecordedJob, options: JournalOptions, sizes: OutputSizes): Texts | undefined {
  if (options.restart) return JOURNAL_TEXTS.restarted;
  for (const part of ['input', 'options', 'answers'] as const) {
    if (recorded.fingerprints[part] !== options.fingerprints[part]) return CHANGED_TEXTS[part];
  }
  if (isFinished(recorded, sizes)) return undefined;
  const written = recorded.checkpoint?.outputBytes ?? 0;
  return (sizes.partialBytes ?? 0) < written ? JOURNAL_TEXTS.partialGone : undefined;
}

function isFinished({ finalBytes }: RecordedJob, { partialBytes, outputBytes }: OutputSizes): boolean {
  return finalBytes !== undefined && partialBytes === undefined && outputBytes === finalBytes;
}
