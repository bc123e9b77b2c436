import { Module } from '@nestjs/common';

import { CONFIGURATION } from '#libs/runtime';

import { voicemailConfiguration } from './config.js';

/** Injection token of the settings that this channel uses. */
export const VOICEMAIL_CONFIGURATION = Symbol('VOICEMAIL_CONFIGURATION');

/**
 * Voicemails: what a telephony provider tells by webhook becomes interactions on `interactions.voicemail.v1`.
 * The webhooks, and fetching the recordings, come with the telephony channel. Until then this app answers health checks
 * only; a webhook sent to it gets 404, so that the provider keeps the event and says so.
 */
@Module({
  providers: [{ provide: VOICEMAIL_CONFIGURATION, useFactory: voicemailConfiguration, inject: [CONFIGURATION] }],
})
export class VoicemailModule {}
