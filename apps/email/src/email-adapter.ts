import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { BlobStore } from '#libs/blob-store';
import type { InteractionPublisher, MailboxStore } from '#libs/channel-kit';
import { BootError, type HealthRegistry, type Logger, type Metrics } from '#libs/runtime';
import { SenderVerifier } from './authenticate/sender-verifier.js';
import type { EmailConfiguration } from './config.js';
import { watchSecrets } from './mailbox/credentials/index.js';
import { createMailboxMetrics } from './mailbox/folder/mailbox-metrics.js';
import { runMailboxes, type RunningMailboxes } from './mailbox/run-mailboxes.js';
import { ParsePool } from './parse/parse-pool.js';
import { createEmailMetrics } from './receive/metrics.js';
import { listenSmtp, type SmtpListener } from './smtp/receive-smtp.js';

/** What the module puts in. */
export interface EmailAdapterParts {
  readonly settings: EmailConfiguration;
  readonly blobs: BlobStore;
  readonly publisher: InteractionPublisher;
  readonly mailboxes: MailboxStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: HealthRegistry;
}

/** The adapter's life: it listens and fetches from the start of the application until its stop begins. */
export class EmailAdapter implements OnModuleInit, OnModuleDestroy {
  readonly #parser: ParsePool;
  readonly #verifier: SenderVerifier;
  #smtp: SmtpListener | null = null;
  #mailboxes: RunningMailboxes | null = null;
  #stopWatch = () => {};

  constructor(private readonly parts: EmailAdapterParts) {
    this.#verifier = new SenderVerifier({ blobAddress: parts.settings.blobAddress });
    this.#parser = new ParsePool({ blobAddress: parts.settings.blobAddress, ...parts.settings.parser });
  }

  /** Port of the SMTP listener; null while there is none. */
  get smtpPort(): number | null {
    return this.#smtp?.port ?? null;
  }

  async onModuleInit(): Promise<void> {
    const { settings, blobs, publisher, mailboxes, logger, metrics, health } = this.parts;
    const { accountId, tokenSecret, maxMessageBytes } = settings;
    const emailMetrics = createEmailMetrics(metrics);
    const verifier = this.#verifier;
    const shared = {
      blobs,
      publisher,
      parser: this.#parser,
      verifier,
      accountId,
      tokenSecret,
      maxMessageBytes,
      logger,
    };
    const dependencies = { ...shared, metrics: emailMetrics };
    this.#smtp = await listenSmtp(settings.smtp, dependencies).catch((error: unknown) => {
      throw explain(error, settings.smtp.port);
    });
    const mailboxMetrics = createMailboxMetrics(metrics);
    // A mailbox that was long unread sends as fast as it is asked.
    await (settings.fetched.length > 0 ? this.#parser.start() : Promise.resolve());
    this.#mailboxes = runMailboxes(settings.fetched, { ...dependencies, store: mailboxes, mailboxMetrics });
    this.#stopWatch = watchSecrets(settings.fetched, { logger, metrics });
    health.register('email-log', () => publisher.check());
    health.register('email-blobs', () => blobs.check());
    logger.info({ port: this.#smtp.port }, 'Taking mail by SMTP');
  }

  /** Before the log closes, which waits for `beforeApplicationShutdown`. */
  async onModuleDestroy(): Promise<void> {
    this.#stopWatch();
    await Promise.all([this.#smtp?.close(), this.#mailboxes?.stop()]);
    await Promise.all([this.#parser.close(), this.#verifier.close()]);
  }
}

function explain(error: unknown, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    return new BootError(`SMTP port ${port} is already in use: stop the program that uses it, or set SMTP_PORT.`, {
      cause: error,
    });
  }
  return code === 'EACCES'
    ? new BootError(`SMTP port ${port} needs more rights than we have: set SMTP_PORT to one above 1023.`, {
        cause: error,
      })
    : error;
}
