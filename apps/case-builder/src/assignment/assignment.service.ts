import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import { errorMessage, HEALTH, type HealthRegistry, LOGGER, type Logger } from '#libs/runtime';
import { leaderFinding, Leadership, LEADERS } from '../leadership.js';
import { giveWaiting } from './give-waiting.js';

/** Gives cases that wait to agents as they become free, in one process at a time and before anything else has to end. */
@Injectable()
export class AssignmentService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly leadership: Leadership;

  constructor(
    @Inject(LEDGER) ledger: LedgerDependencies,
    @Inject(LOGGER) logger: Logger,
    @Inject(HEALTH) health: HealthRegistry,
  ) {
    this.leadership = new Leadership({
      pool: ledger.pool,
      lock: LEADERS.assignment,
      work: (client, signal, progress) => giveWaiting(ledger, client, signal, progress),
      onFailure: (error) =>
        logger.warn({ reason: errorMessage(error) }, 'Cases that wait are left waiting; trying again'),
    });
    health.register('assignment', async () => leaderFinding(this.leadership.current()));
  }

  onApplicationBootstrap(): void {
    this.leadership.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.leadership.stop();
  }
}
