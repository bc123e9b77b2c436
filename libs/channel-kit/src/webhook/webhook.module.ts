import { Inject, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EVENT_LOG, type EventLog } from '#libs/messaging';
import { HEALTH, type HealthRegistry } from '#libs/runtime';
import { connectionsOf } from './connection/connections.js';
import { WebhookIntake } from './intake.js';
import { webhookIntake } from './intake.provider.js';
import { SchemaController } from './schema.controller.js';
import { WebhookController } from './webhook.controller.js';

/**
 * The webhooks of every connection, for each app that takes some: in one process they are there once, however many ask for
 * them. The application around it provides the log and the runtime.
 */
@Module({
  controllers: [WebhookController, SchemaController],
  providers: [webhookIntake(WebhookIntake, connectionsOf)],
})
export class WebhookModule implements OnModuleInit, OnModuleDestroy {
  constructor(
    @Inject(WebhookIntake) private readonly intake: WebhookIntake,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(HEALTH) private readonly health: HealthRegistry,
  ) {}

  onModuleInit(): void {
    this.health.register('webhook-log', () => this.log.check());
  }

  /** Before the log closes, so that whoever is being answered is told the truth. */
  async onModuleDestroy(): Promise<void> {
    await this.intake.stop();
  }
}
