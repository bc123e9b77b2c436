import { Module } from '@nestjs/common';
import { ChannelKitModule } from '#libs/channel-kit';
import { FormModule } from './forms/form.module.js';
import { ContactWebhookModule } from './webhook/contact-webhook.module.js';

/**
 * Contact records: what a customer directory tells by webhook becomes facts about contacts, and requests of theirs interactions, on
 * `interactions.contact.v1`. So do requests that people write on web forms.
 */
@Module({ imports: [ChannelKitModule, ContactWebhookModule, FormModule] })
export class ContactModule {}
