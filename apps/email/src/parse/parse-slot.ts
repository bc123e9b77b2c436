import type { Worker } from 'node:worker_threads';
import type { ParsedMail, ParseInput, ParseRequest } from './parse-protocol.js';

/** Mails that one worker interleaves: while one waits for the disk, another is parsed. */
export const JOBS_PER_WORKER = 12;
/** More than that when they are small: those that are stored together share the wait. */
const SMALL_JOBS_PER_WORKER = 64;
/** Of all of them. */
const SMALL_JOBS_BYTES = 4 * 1024 * 1024;

/** A mail that waits for its payload. */
export interface Job {
  readonly input: ParseInput;
  readonly resolve: (parsed: ParsedMail) => void;
  readonly reject: (error: Error) => void;
  /** Was in a worker that failed: runs by itself, so that a second failure is its own. */
  suspect: boolean;
  headerOnlyFlag: string | null;
}

/** A worker thread and the mails that are in it. */
export interface Slot {
  readonly worker: Worker;
  /** Resolves when it is ready, or has ended before. */
  readonly loaded: Promise<void>;
  readonly jobs: Map<number, { job: Job; timer: NodeJS.Timeout | undefined }>;
  /** Of the mails in `jobs`. */
  bytes: number;
  /** A job that runs by itself is in it. */
  suspect: boolean;
  /** What goes with the next message. */
  outbox: ParseRequest[];
  /** Its modules are loaded: time that passes from now on is the mail's. */
  ready: boolean;
}

export function addTo(slot: Slot, id: number, job: Job, timer: NodeJS.Timeout | undefined): void {
  slot.jobs.set(id, { job, timer });
  slot.bytes += bytesOf(job);
  slot.suspect ||= job.suspect;
}

/** Undefined when it is not in it any more. */
export function removeFrom(slot: Slot, id: number): Job | undefined {
  const running = slot.jobs.get(id);
  if (running === undefined) {
    return undefined;
  }
  clearTimeout(running.timer);
  slot.jobs.delete(id);
  slot.bytes -= bytesOf(running.job);
  slot.suspect &&= slot.jobs.size > 0;
  return running.job;
}

/** Whether a job may be added now. */
export function hasRoom({ jobs, bytes, suspect }: Slot, job: Job): boolean {
  if (suspect || job.suspect) {
    return jobs.size === 0;
  }
  const small = jobs.size < SMALL_JOBS_PER_WORKER && bytes + bytesOf(job) <= SMALL_JOBS_BYTES;
  return jobs.size < JOBS_PER_WORKER || small;
}

function bytesOf({ input }: Job): number {
  return 'bytes' in input ? input.bytes.byteLength : input.size;
}
