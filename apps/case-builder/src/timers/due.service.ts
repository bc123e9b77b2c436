import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { FoldKind } from '#libs/case-domain';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import { createBreaker } from '#libs/messaging';
import { errorMessage, HEALTH, type HealthRegistry, LOGGER, type Logger } from '#libs/runtime';
import { leaderFinding, Leadership, LEADERS } from '../leadership.js';
import { FOLD_KINDS } from '../tokens.js';
import { type DueDependencies, passTime } from './due-interactions.js';

/**
 * Has calls and voicemails go on when time alone says what becomes of them, in one process at a time. It has a lead of
 * its own, so that no sweep of the other timers holds it up: people wait for the case of a missed call.
 */
@Injectable()
export class DueService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly leadership: Leadership;

  constructor(
    @Inject(LEDGER) ledger: LedgerDependencies,
    @Inject(FOLD_KINDS) folds: readonly FoldKind[],
    @Inject(LOGGER) logger: Logger,
    @Inject(HEALTH) health: HealthRegistry,
  ) {
    const dependencies: DueDependencies = {
      ledger,
      folds,
      breaker: createBreaker(),
      onPostponed: (interactionId, error) =>
        logger.warn({ interactionId, errorClass: error.name }, 'Nothing could be made of an interaction by time'),
    };
    this.leadership = new Leadership({
      pool: ledger.pool,
      lock: LEADERS.due,
      work: (client, signal, progress) => passTime(dependencies, client, signal, progress),
      onFailure: (error) => logger.warn({ reason: errorMessage(error) }, 'Time stands still for calls; trying again'),
    });
    health.register('due', async () => leaderFinding(this.leadership.current()));
  }

  onApplicationBootstrap(): void {
    this.leadership.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.leadership.stop();
  }
}
