import { type BeforeApplicationShutdown, Inject, Injectable, Optional } from '@nestjs/common';
import { replayedRecord, type Told } from '#libs/interaction';
import { EVENT_LOG, type EventLog, openEventLog } from '#libs/messaging';
import { POOL } from '#libs/postgres';
import { CONFIGURATION, type Configuration, errorMessage, LOGGER, type Logger } from '#libs/runtime';
import type { Pool } from 'pg';
import { ProblemException } from '../http/problem.js';

/**
 * Publishes facts again. The log is the application's where it has one; else it is opened when it is first needed, because
 * nothing else of the API needs one.
 */
@Injectable()
export class FactReplays implements BeforeApplicationShutdown {
  private opened: Promise<EventLog> | null = null;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CONFIGURATION) private readonly configuration: Pick<Configuration, 'kafka' | 'databaseUrl'>,
    @Inject(LOGGER) private readonly logger: Logger,
    @Optional() @Inject(EVENT_LOG) private readonly log: EventLog | null = null,
  ) {}

  /** Resolves when they are durable. Throws 503 when they are not; they may be published all the same. */
  async publish(facts: readonly Told[], replayId: string): Promise<void> {
    try {
      const log = this.log ?? (await (this.opened ??= this.open()));
      await log.publish(facts.map((fact) => replayedRecord(fact, replayId)));
    } catch (error) {
      this.logger.warn({ reason: errorMessage(error) }, 'Facts cannot be published again');
      const detail = 'The log cannot be reached; ask again.';
      throw new ProblemException({ code: 'temporarily-unavailable', detail });
    }
  }

  /** One that failed to open is opened anew the next time. */
  private async open(): Promise<EventLog> {
    const { kafka, databaseUrl } = this.configuration;
    try {
      return await openEventLog({ kafka }, { pool: this.pool, connectionString: databaseUrl ?? '' }, this.logger);
    } catch (error) {
      this.opened = null;
      throw error;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.opened?.then((log) => log.close()).catch(() => undefined);
  }
}
