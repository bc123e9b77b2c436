import { Module } from '@nestjs/common';
import { CallBarModule, CallBarPublisher } from '#libs/channel-kit';
import { CallBarController } from './call-bar.controller.js';

/** Takes what agents press; reading is the Case API's. */
@Module({ imports: [CallBarModule], controllers: [CallBarController], providers: [CallBarPublisher] })
export class CallBarEventsModule {}
