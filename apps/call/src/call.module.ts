import { Module } from '@nestjs/common';
import { ChannelKitModule, SilenceModule, WebhookModule } from '#libs/channel-kit';
import { CallBarEventsModule } from './callbar/call-bar-events.module.js';

/**
 * Phone calls: what a telephone system tells by webhook becomes facts on `interactions.call.v1`. The webhooks are those of every
 * connection, whatever it tells: a fact goes to the topic of its kind, whichever app took it in.
 */
@Module({ imports: [ChannelKitModule, WebhookModule, SilenceModule, CallBarEventsModule] })
export class CallModule {}
