import type { Metrics } from '#libs/runtime';

/** What is counted of the mailboxes that we fetch from. Their addresses are labels: they are few, and ours. */
export interface MailboxMetrics {
  imported(mailbox: string, mails: number): void;
  backlog(mailbox: string, mails: number): void;
  synced(mailbox: string, at: Date): void;
  failed(mailbox: string, kind: string): void;
  reconnected(mailbox: string): void;
  reconciled(mailbox: string, missing: number): void;
}

export function createMailboxMetrics(metrics: Metrics): MailboxMetrics {
  const labels = ['mailbox'] as const;
  const imported = metrics.counter({ name: 'mailbox_imported_total', help: 'Mails made durable', labels });
  const backlog = metrics.gauge({ name: 'mailbox_backlog', help: 'Mails that wait in the folder', labels });
  const synced = metrics.gauge({
    name: 'mailbox_last_sync_timestamp',
    help: 'When everything in the folder was durable last; seconds since 1970',
    labels,
  });
  const failures = metrics.counter({
    name: 'mailbox_failures_total',
    help: 'Attempts that came to no good end, by kind of failure',
    labels: ['mailbox', 'kind'] as const,
  });
  const reconnects = metrics.counter({ name: 'mailbox_reconnects_total', help: 'Connections after the first', labels });
  const missing = metrics.counter({
    name: 'mailbox_reconciled_missing_total',
    help: 'Mails that the daily comparison found missing and brought in',
    labels,
  });
  return {
    imported: (mailbox, mails) => imported.inc({ mailbox }, mails),
    backlog: (mailbox, mails) => backlog.set({ mailbox }, mails),
    synced: (mailbox, at) => synced.set({ mailbox }, at.getTime() / 1000),
    failed: (mailbox, kind) => failures.inc({ mailbox, kind }),
    reconnected: (mailbox) => reconnects.inc({ mailbox }),
    reconciled: (mailbox, mails) => missing.inc({ mailbox }, mails),
  };
}
