import { Module } from '@nestjs/common';

import { CONFIGURATION } from '#libs/runtime';

import { callConfiguration } from './config.js';

/** Injection token of the settings that this channel uses. */
export const CALL_CONFIGURATION = Symbol('CALL_CONFIGURATION');

/**
 * Phone calls: what a telephony provider tells by webhook becomes interactions on `interactions.call.v1`.
 * The webhooks, and the providers' folders in libs/telephony that they ask, come with the telephony channel. Until then this
 * app answers health checks only; a webhook sent to it gets 404, so that the provider keeps the event and says so.
 */
@Module({
  providers: [{ provide: CALL_CONFIGURATION, useFactory: callConfiguration, inject: [CONFIGURATION] }],
})
export class CallModule {}
