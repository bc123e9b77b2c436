import type { Pool } from 'pg';
import type {
  AnnouncedRecording,
  HeldRecordingJob,
  RecordingFinding,
  RecordingOutcome,
  StoredSound,
  TimedOutcome,
} from './recording-job.js';
import { addRecordingJobs } from './sql/add-recording-jobs.js';
import { claimRecordingJobs, type RecordingClaim } from './sql/claim-recording-jobs.js';
import { countRecordingJobs } from './sql/count-recording-jobs.js';
import { endRecordingJob } from './sql/end-recording-job.js';
import { findRecordingFailures } from './sql/find-recording-failures.js';
import { forgetRecordingEnds } from './sql/forget-recording-ends.js';
import { postponeRecordingJob } from './sql/postpone-recording-job.js';
import { saveRecordingOutcome } from './sql/save-recording-outcome.js';
import { suspectSounds } from './sql/suspect-sounds.js';

/** Where a channel says which sounds are to be fetched. */
export interface RecordingJobs {
  /**
   * Call it before the facts are published that announce them: a crash in between leaves a job too many, never a sound
   * that nobody fetches. A repetition does no harm. Rejects when the database fails.
   */
  add(announced: readonly AnnouncedRecording[]): Promise<void>;
}

/** The jobs, for whoever does them. Rejects when the database fails. */
export interface RecordingWork {
  claim(claim: RecordingClaim): Promise<HeldRecordingJob[]>;
  /** Null once the lease is lost, or a newer recording has the job's place: then nothing is to be told. */
  saveOutcome(job: HeldRecordingJob, outcome: RecordingOutcome): Promise<TimedOutcome | null>;
  /** Bytes were stored that nothing will tell of. */
  leave(sound: StoredSound): Promise<void>;
  postpone(job: HeldRecordingJob, again: { readonly delayMs: number; readonly counts: boolean }): Promise<void>;
  /** What was told is over. `next`: the sound that is to be written down. */
  end(job: HeldRecordingJob, outcome: RecordingOutcome, next: StoredSound | null): Promise<void>;
  count(): Promise<number>;
  failures(days: number): Promise<RecordingFinding[]>;
  forgetEnds(days: number): Promise<void>;
}

/** The jobs of one account in PostgreSQL. */
export function postgresRecordingJobs(pool: Pool, accountId: string): RecordingJobs & RecordingWork {
  return {
    add: (announced) => (announced.length === 0 ? Promise.resolve() : addRecordingJobs(pool, accountId, announced)),
    claim: (claim) => claimRecordingJobs(pool, accountId, claim),
    saveOutcome: (job, outcome) => saveRecordingOutcome(pool, accountId, job, outcome),
    leave: ({ sha256 }) => suspectSounds(pool, [sha256]),
    postpone: (job, again) => postponeRecordingJob(pool, accountId, job, again),
    end: (job, outcome, next) => endRecordingJob(pool, accountId, job, outcome, next),
    count: () => countRecordingJobs(pool, accountId),
    failures: (days) => findRecordingFailures(pool, accountId, days),
    forgetEnds: (days) => forgetRecordingEnds(pool, accountId, days),
  };
}
