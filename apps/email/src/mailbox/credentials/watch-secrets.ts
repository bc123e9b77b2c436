import { secretExpiry, type ImapConfiguration, type Logger, type Metrics } from '#libs/runtime';

/** A mailbox whose login may come from a client secret. */
export interface SecretHolder {
  readonly address: string;
  readonly imap: Pick<ImapConfiguration, 'oauth2'>;
}

export interface SecretWatchTools {
  readonly logger: Pick<Logger, 'warn'>;
  readonly metrics: Metrics;
  readonly now?: () => Date;
}

const HOUR_MS = 60 * 60 * 1000;

/**
 * Says in the log when a client secret ends in 30, 14, 7 and 1 days and when it has ended, each once and again at each
 * start of the process; its end stands in the metrics, in seconds since 1970. Returns what ends the watch.
 */
export function watchSecrets(mailboxes: readonly SecretHolder[], tools: SecretWatchTools): () => void {
  const { logger, metrics, now = () => new Date() } = tools;
  const ends = metrics.gauge({
    name: 'mailbox_client_secret_expiry_timestamp',
    help: 'When the client secret of the mailbox ends, as the configuration says it',
    labels: ['mailbox'] as const,
  });
  const warned = new Map<string, number>();
  const look = (): void => {
    for (const { address, imap } of mailboxes) {
      const expiry = secretExpiry(imap, now());
      if (expiry === null) {
        continue;
      }
      ends.set({ mailbox: address }, expiry.expiresAt.getTime() / 1000);
      const { warningDays, daysLeft } = expiry;
      if (warningDays !== null && warned.get(address) !== warningDays) {
        warned.set(address, warningDays);
        const about = { mailbox: address, expiresAt: expiry.expiresAt.toISOString(), daysLeft };
        logger.warn(
          about,
          'The client secret of the mailbox ends soon or has ended: put a new one into the configuration',
        );
      }
    }
  };
  look();
  const timer = setInterval(look, HOUR_MS);
  // The watch keeps no process alive.
  timer.unref();
  return () => clearInterval(timer);
}
