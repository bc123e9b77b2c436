import type { Metrics } from '#libs/runtime';

/** What the adapter counts. */
export interface EmailMetrics {
  /** A mail that came to its end; duration in seconds from its first byte to the answer. */
  received(provider: string, outcome: string, seconds: number): void;
  /** Notes of the parser, such as `charset_guessed`. */
  parsed(flags: readonly string[]): void;
  /** A recipient that we do not know. */
  recipientRefused(): void;
  /** A connection beyond what one peer may have. */
  connectionRefused(): void;
  /** A connection that we ended: what it said never came to an end (`slow`), or it guesses addresses (`recipients`). */
  connectionEnded(reason: 'slow' | 'recipients'): void;
}

/** Flags come from a fixed list of our own, so they are safe as labels. */
export function createEmailMetrics(metrics: Metrics): EmailMetrics {
  const mails = metrics.counter({
    name: 'email_received_total',
    help: 'Mails that reached the adapter, by source and outcome',
    labels: ['provider', 'outcome'] as const,
  });
  const durations = metrics.histogram({
    name: 'email_receive_seconds',
    help: 'From the first byte of a mail to its durable record',
    labels: ['provider'] as const,
  });
  const flagged = metrics.counter({
    name: 'email_parse_flags_total',
    help: 'Notes of the parser',
    labels: ['flag'] as const,
  });
  const refused = metrics.counter({ name: 'email_recipients_refused_total', help: 'Recipients that are no mailbox' });
  const refusedConnections = metrics.counter({
    name: 'email_connections_refused_total',
    help: 'SMTP connections beyond what one peer may have',
  });
  const ended = metrics.counter({
    name: 'email_connections_ended_total',
    help: 'SMTP connections that were ended since they are slow or guess recipients',
    labels: ['reason'] as const,
  });
  return {
    received(provider, outcome, seconds) {
      mails.inc({ provider, outcome });
      durations.observe({ provider }, seconds);
    },
    parsed: (flags) => flags.forEach((flag) => flagged.inc({ flag })),
    recipientRefused: () => refused.inc(),
    connectionRefused: () => refusedConnections.inc(),
    connectionEnded: (reason) => ended.inc({ reason }),
  };
}
