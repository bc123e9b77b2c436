import { Module } from '@nestjs/common';

import { CONFIGURATION } from '#libs/runtime';

import { contactConfiguration } from './config.js';

/** Injection token of the settings that this channel uses. */
export const CONTACT_CONFIGURATION = Symbol('CONTACT_CONFIGURATION');

/**
 * Contact records: what a customer directory sends becomes interactions on `interactions.contact.v1`.
 * The endpoint that takes the records comes with the contact channel. Until then this app answers health checks only;
 * a record sent to it gets 404, so that the sender keeps it.
 */
@Module({
  providers: [{ provide: CONTACT_CONFIGURATION, useFactory: contactConfiguration, inject: [CONFIGURATION] }],
})
export class ContactModule {}
