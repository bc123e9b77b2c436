import { randomUUID } from 'node:crypto';
import type {
  FactPublisher,
  HeldRecordingJob,
  RecordingOutcome,
  RecordingWork,
  SentSounds,
  StoredSound,
  TimedOutcome,
} from '#libs/channel-kit';
import { errorMessage, pause, type Logger } from '#libs/runtime';
import { attemptJob, type AttemptTools } from './attempt-job.js';
import type { RecordingMetrics } from './metrics.js';
import { factsOfOutcome } from './recording-facts.js';

export interface RecordingWorkerParts {
  readonly accountId: string;
  readonly work: RecordingWork;
  /** What is forgotten in time. */
  readonly sentSounds: Pick<SentSounds, 'forget'>;
  readonly publisher: FactPublisher;
  readonly tools: AttemptTools;
  readonly metrics: RecordingMetrics;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly pollMs?: number;
}

/** Longer than an attempt and what follows it may take: whoever vanishes is followed by somebody else after that. */
const LEASE_MS = 3 * 60_000;
const POLL_MS = 500;
const AFTER_FAILURE_MS = 30_000;
const LOG_AWAY_MS = 5_000;
const MOST_AT_ONCE = 16;
const FORGET_AFTER_DAYS = 30;
const FORGET_EVERY_MS = 60 * 60_000;

/**
 * Works on the jobs of recordings, beside any number of others that do.
 *
 * 1. Lease what is due, four of a connection and two of the engine at once.
 * 2. Attempt it; what passes is tried again later.
 * 3. Keep its outcome, without the address; the bytes are in the blob store by then.
 * 4. Tell it. A crash from here on tells the same fact again, which is known by its id.
 * 5. Remove the job.
 */
export class RecordingWorker {
  readonly #owner = randomUUID();
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #loop: Promise<void> = Promise.resolve();

  constructor(private readonly parts: RecordingWorkerParts) {}

  start(): void {
    this.#loop = this.#run();
  }

  /** Begins nothing more; attempts are given up and go to whoever asks next. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    await Promise.all(this.#running);
  }

  /** Takes what is due now and works on it to its end. Resolves with how many jobs that were. */
  async takeDue(): Promise<number> {
    const jobs = await this.#claim();
    await Promise.all(jobs.map((job) => this.#workOn(job)));
    return jobs.length;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    let forgetAt = 0;
    while (!signal.aborted) {
      try {
        if (Date.now() >= forgetAt) {
          await this.parts.work.forgetEnds(FORGET_AFTER_DAYS);
          await this.parts.sentSounds.forget(FORGET_AFTER_DAYS);
          forgetAt = Date.now() + FORGET_EVERY_MS;
        }
        const jobs = await this.#claim();
        jobs.forEach((job) => this.#begin(job));
        await pause(jobs.length > 0 ? 0 : (this.parts.pollMs ?? POLL_MS), signal);
      } catch (error) {
        this.parts.logger.warn({ reason: errorMessage(error) }, 'Jobs of recordings cannot be taken');
        await pause(LOG_AWAY_MS, signal);
      }
    }
  }

  async #claim(): Promise<HeldRecordingJob[]> {
    const limit = MOST_AT_ONCE - this.#running.size;
    const tasks = this.parts.tools.engine === null ? (['fetch'] as const) : (['fetch', 'transcribe'] as const);
    return limit <= 0
      ? []
      : this.parts.work.claim({
          owner: this.#owner,
          leaseMs: LEASE_MS,
          limit,
          tasks,
          perConnection: 4,
          transcribing: 2,
        });
  }

  #begin(job: HeldRecordingJob): void {
    const running = this.#workOn(job).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Never rejects: what our own parts fail at is tried again, and does not count. */
  async #workOn(job: HeldRecordingJob): Promise<void> {
    const { work, logger } = this.parts;
    try {
      const outcome = job.outcome ?? (await this.#attempt(job));
      if (outcome !== null) {
        await this.#tell(job, outcome);
      }
    } catch (error) {
      const isStopping = this.#stop.signal.aborted;
      if (!isStopping) {
        logger.warn({ ...named(job), reason: errorMessage(error) }, 'A recording waits for our own parts');
      }
      const delayMs = isStopping ? 0 : AFTER_FAILURE_MS;
      // When the database is away, the lease runs out by itself.
      await work.postpone(job, { delayMs, counts: false }).catch(() => undefined);
    }
  }

  /** The outcome, kept; null when there is none yet, or none of ours. */
  async #attempt(job: HeldRecordingJob): Promise<TimedOutcome | null> {
    const { work, tools, metrics, logger } = this.parts;
    const took = metrics.seconds.startTimer({ task: job.task });
    const end = await attemptJob(job, tools, this.#stop.signal);
    took();
    if (end.next === 'again') {
      this.#count(job, 'again');
      logger.info({ ...named(job), reason: end.reason, delayMs: end.delayMs }, 'A recording is tried again');
      await work.postpone(job, { delayMs: end.delayMs, counts: true });
      return null;
    }
    const kept = await work.saveOutcome(job, end.outcome);
    this.#count(job, kept === null ? 'replaced' : resultOf(kept));
    const sound = soundOf(end.outcome);
    // Overtaken while it was fetched.
    if (kept === null && sound !== null) {
      await work.leave(sound);
    }
    return kept;
  }

  async #tell(job: HeldRecordingJob, outcome: TimedOutcome): Promise<void> {
    const { accountId, work, publisher, tools } = this.parts;
    const transcribes = tools.engine !== null && tools.connections.get(job.connection)?.transcribes === true;
    const next = transcribes ? soundOf(outcome) : null;
    const published = await publisher.publish(factsOfOutcome(accountId, job, outcome, next !== null));
    if (published.outcome === 'unavailable') {
      await work.postpone(job, { delayMs: LOG_AWAY_MS, counts: true });
      return;
    }
    await work.end(job, outcome, next);
    this.#complain(job, outcome);
  }

  #count({ task, connection }: HeldRecordingJob, result: string): void {
    this.parts.metrics.ended.inc({ task, connection, result });
  }

  /** What an operator has to do something about. */
  #complain(job: HeldRecordingJob, outcome: TimedOutcome): void {
    if (outcome.task !== 'fetch' || outcome.recording.status !== 'failed') {
      return;
    }
    const { failure } = outcome.recording;
    const { logger, metrics } = this.parts;
    if (failure === 'auth') {
      metrics.refused.inc({ connection: job.connection });
    }
    logger.error({ ...named(job), code: `recording-${failure}`, host: outcome.host }, 'A recording cannot be fetched');
  }
}

/** What was fetched; null where nothing was. */
function soundOf(outcome: RecordingOutcome): StoredSound | null {
  return outcome.task === 'fetch' && outcome.recording.status === 'available' ? outcome.recording.content : null;
}

function resultOf(outcome: TimedOutcome): string {
  return outcome.task === 'fetch' ? outcome.recording.status : outcome.transcript.status;
}

/** Never the address: it may hold a secret. */
function named({ id, task, connection, channel, attempt }: HeldRecordingJob) {
  return { job: id, task, connection, channel, attempt };
}
