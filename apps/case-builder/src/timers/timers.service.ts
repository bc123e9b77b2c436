import { Inject, Injectable, Optional, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { BLOB_STORE, type BlobStore, UPLOAD_STORE } from '#libs/blob-store';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import { EVENT_LOG, type EventLog } from '#libs/messaging';
import { errorMessage, HEALTH, type HealthRegistry, LOGGER, type Logger } from '#libs/runtime';
import { tellDueCallbacks } from '../callbar/due-callbacks.js';
import { wakeWaitingCalls } from '../callbar/wake-calls.js';
import { leaderFinding, Leadership, LEADERS } from '../leadership.js';
import { eraseContacts } from '../erasure/erase-contacts.js';
import { closeDueCases } from './auto-close.js';
import { breakRules } from './break-rules.js';
import { findStrays } from './find-strays.js';
import { reconsiderCases, reconsidering } from './reconsider-cases.js';
import { settleReleased } from './settle-released.js';
import { runTimers, type Timer } from './run-timers.js';
import { DueTimes, tellOverdueTasks } from './tasks.js';
import { sweepAnswers } from './sweep-answers.js';
import { sweepDeliveries } from './sweep-deliveries.js';
import { sweepContents } from './sweep-contents.js';
import { sweepUploads } from './sweep-uploads.js';

const MINUTE = 60_000;
const SIGN_EVERY_MS = 5_000;

/** Runs what is due by time in one process at a time. */
@Injectable()
export class TimersService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly leadership: Leadership;

  constructor(
    @Inject(LEDGER) ledger: LedgerDependencies,
    @Inject(LOGGER) logger: Logger,
    @Inject(HEALTH) health: HealthRegistry,
    @Inject(EVENT_LOG) log: EventLog,
    @Optional() @Inject(UPLOAD_STORE) uploads: BlobStore | null = null,
    @Optional() @Inject(BLOB_STORE) blobs: BlobStore | null = null,
  ) {
    const dueTimes = new DueTimes(ledger, logger);
    const requesters = reconsidering(ledger, logger);
    const timers: Timer[] = [
      { name: 'auto-close', everyMs: MINUTE, run: (signal) => closeDueCases(ledger, signal) },
      // A change of zone is to be seen within a minute, and before what is overdue by it is told.
      { name: 'due-times', everyMs: MINUTE / 3, run: (signal) => dueTimes.recompute(signal) },
      { name: 'overdue', everyMs: MINUTE, run: (signal) => tellOverdueTasks(ledger, signal) },
      { name: 'released', everyMs: MINUTE, run: (signal) => settleReleased(ledger, signal) },
      { name: 'callbar', everyMs: SIGN_EVERY_MS, run: (signal) => wakeWaitingCalls(ledger, signal) },
      { name: 'requesters', everyMs: 1_000, run: (signal) => reconsiderCases(requesters, signal) },
      { name: 'callbacks', everyMs: SIGN_EVERY_MS, run: (signal) => tellDueCallbacks(ledger, signal) },
      { name: 'broken-rules', everyMs: MINUTE, run: () => breakRules(ledger, logger) },
      { name: 'erasures', everyMs: SIGN_EVERY_MS, run: (signal) => eraseContacts(ledger, log, signal) },
      { name: 'kept-answers', everyMs: MINUTE, run: (signal) => sweepAnswers(ledger.pool, signal) },
      { name: 'deliveries', everyMs: MINUTE, run: (signal) => sweepDeliveries(ledger.pool, signal) },
    ];
    if (uploads !== null) {
      const find = (signal: AbortSignal) => findStrays(ledger.pool, uploads, Date.now(), signal);
      timers.push({ name: 'stray-uploads', everyMs: MINUTE, run: find });
      timers.push({ name: 'uploads', everyMs: MINUTE, run: (signal) => sweepUploads(ledger.pool, uploads, signal) });
    }
    if (blobs !== null) {
      timers.push({ name: 'contents', everyMs: MINUTE, run: (signal) => sweepContents(ledger.pool, blobs, signal) });
    }
    this.leadership = new Leadership({
      pool: ledger.pool,
      lock: LEADERS.timers,
      work: (client, signal, progress) => runTimers([signOfLife(client), ...timers], signal, progress),
      onFailure: (error) => logger.warn({ reason: errorMessage(error) }, 'A timer failed; all start again'),
    });
    health.register('timers', async () => leaderFinding(this.leadership.current()));
  }

  onApplicationBootstrap(): void {
    this.leadership.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.leadership.stop();
  }
}

/** Keeps the leader's session, and fails when it is gone: somebody else leads by now. */
function signOfLife(client: PoolClient): Timer {
  return { name: 'sign-of-life', everyMs: SIGN_EVERY_MS, run: () => client.query('select 1') };
}
