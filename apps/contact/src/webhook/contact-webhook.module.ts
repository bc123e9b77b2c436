import { Inject, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  directoryConnectionsOf,
  type InteractionPublisher,
  PUBLISHER,
  webhookIntake,
  WebhookIntake,
} from '#libs/channel-kit';
import { HEALTH, type HealthRegistry } from '#libs/runtime';
import { ContactSchemaController } from './contact-schema.controller.js';
import { ContactWebhookController } from './contact-webhook.controller.js';

/** The webhooks of customer directories: the same way of a request as those of telephone systems have. */
@Module({
  controllers: [ContactWebhookController, ContactSchemaController],
  providers: [webhookIntake(WebhookIntake, directoryConnectionsOf)],
})
export class ContactWebhookModule implements OnModuleInit, OnModuleDestroy {
  constructor(
    @Inject(WebhookIntake) private readonly intake: WebhookIntake,
    @Inject(PUBLISHER) private readonly publisher: InteractionPublisher,
    @Inject(HEALTH) private readonly health: HealthRegistry,
  ) {}

  onModuleInit(): void {
    this.health.register('contact-log', () => this.publisher.check());
  }

  /** Before the log closes, so that whoever is being answered is told the truth. */
  async onModuleDestroy(): Promise<void> {
    await this.intake.stop();
  }
}
