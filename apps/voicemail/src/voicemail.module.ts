import { Module } from '@nestjs/common';
import { ChannelKitModule, SilenceModule, WebhookModule } from '#libs/channel-kit';
import { RecordingsModule } from './recordings/recordings.module.js';

/**
 * Voicemails: what a telephone system tells by webhook becomes facts on `interactions.voicemail.v1`. The webhooks are those of every
 * connection, whatever it tells: a fact goes to the topic of its kind, whichever app took it in. It
 * fetches the recordings, of calls too.
 */
@Module({ imports: [ChannelKitModule, WebhookModule, SilenceModule, RecordingsModule] })
export class VoicemailModule {}
