import { Module } from '@nestjs/common';
import { ChannelKitModule, WebhookModule } from '#libs/channel-kit';

/**
 * Voicemails: what a telephone system tells by webhook becomes facts on `interactions.voicemail.v1`. The webhooks are those of every
 * connection, whatever it tells: a fact goes to the topic of its kind, whichever app took it in.
 */
@Module({ imports: [ChannelKitModule, WebhookModule] })
export class VoicemailModule {}
