import { Module } from '@nestjs/common';
import { BLOB_STORE } from '#libs/blob-store';
import { ChannelKitModule, MAILBOX_STORE, PUBLISHER } from '#libs/channel-kit';
import { CONFIGURATION, HEALTH, LOGGER, METRICS, type Configuration } from '#libs/runtime';
import { emailConfiguration } from './config.js';
import { EmailAdapter, type EmailAdapterParts } from './email-adapter.js';

type Part<Name extends keyof EmailAdapterParts> = EmailAdapterParts[Name];

/** Mail by SMTP and IMAP becomes interactions on `interactions.email.v1`. */
@Module({
  imports: [ChannelKitModule],
  providers: [
    {
      provide: EmailAdapter,
      inject: [CONFIGURATION, BLOB_STORE, PUBLISHER, MAILBOX_STORE, LOGGER, METRICS, HEALTH],
      useFactory: (
        configuration: Configuration,
        blobs: Part<'blobs'>,
        publisher: Part<'publisher'>,
        mailboxes: Part<'mailboxes'>,
        logger: Part<'logger'>,
        metrics: Part<'metrics'>,
        health: Part<'health'>,
      ) =>
        new EmailAdapter({
          settings: emailConfiguration(configuration),
          blobs,
          publisher,
          mailboxes,
          logger,
          metrics,
          health,
        }),
    },
  ],
  exports: [EmailAdapter],
})
export class EmailModule {}
