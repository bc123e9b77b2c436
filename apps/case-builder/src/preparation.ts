import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Pool } from 'pg';
import { CASE_STORE_MIGRATIONS, declareConfiguration } from '#libs/case-store';
import { TOPICS } from '#libs/interaction';
import { EVENT_LOG, prepareTopics, type EventLog } from '#libs/messaging';
import { migrate, POOL } from '#libs/postgres';
import { CONFIGURATION, type Configuration, LOGGER, type Logger } from '#libs/runtime';
import { declarationOf } from './declaration.js';

/**
 * What has to be there before the first batch:
 * 1. the tables
 * 2. what the configuration declares
 * 3. the topics
 */
@Injectable()
export class Preparation implements OnModuleInit {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await migrate(this.pool, CASE_STORE_MIGRATIONS);
    await declareConfiguration(this.pool, declarationOf(this.configuration));
    await prepareTopics(this.log, TOPICS, this.logger);
  }
}
