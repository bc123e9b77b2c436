import { openBlobStore } from '#libs/blob-store';
import { CHANNEL_KIT_MIGRATIONS, createPublisher, postgresMailboxStore } from '#libs/channel-kit';
import { createEmbeddedLog } from '#libs/messaging';
import { createPool, migrate } from '#libs/postgres';
import { createLogger, Metrics, type ImapConfiguration } from '#libs/runtime';
import type { MailboxStep } from '../../apps/email/src/mailbox/folder/mailbox-dependencies.js';
import { createMailboxMetrics } from '../../apps/email/src/mailbox/folder/mailbox-metrics.js';
import { runMailboxes } from '../../apps/email/src/mailbox/run-mailboxes.js';
import { createEmailMetrics } from '../../apps/email/src/receive/metrics.js';
import { ParsePool } from '../../apps/email/src/parse/parse-pool.js';

/** What the test tells a worker process, as JSON in `MAILBOX_WORKER`. */
export interface MailboxWorkerOrder {
  readonly accountId: string;
  readonly connectionString: string;
  readonly blobAddress: string;
  readonly address: string;
  readonly imapPort: number;
  readonly password: string;
  readonly leaseMs: number;
  readonly moveTo?: string;
  /** Kill ourselves with SIGKILL the given time that this boundary is reached. */
  readonly killAt: { readonly step: MailboxStep; readonly time: number } | null;
}

/** The mailbox worker in a process of its own that can end at any boundary, as a crash does. */
const order = JSON.parse(process.env['MAILBOX_WORKER'] ?? '{}') as MailboxWorkerOrder;
const { accountId, address, blobAddress, connectionString, killAt } = order;
const logger = createLogger({ level: 'info', name: 'mailbox-worker' });
const pool = createPool({ connectionString, max: 5, applicationName: 'mailbox-worker' });
await migrate(pool, CHANNEL_KIT_MIGRATIONS);
const log = await createEmbeddedLog({ pool, connectionString, logger });
const metrics = new Metrics();
let reached = 0;

const imap = {
  ...{ host: '127.0.0.1', port: order.imapPort, tls: 'none' as const, caFile: null, oauth2: null },
  ...{ user: address, password: order.password, folder: 'INBOX', pollSeconds: 1 },
  afterImport: { seen: true, keyword: '$Imported', ...(order.moveTo === undefined ? {} : { moveTo: order.moveTo }) },
} satisfies ImapConfiguration;

const running = runMailboxes([{ address, trustedAuthservId: null, imap }], {
  store: postgresMailboxStore(pool, accountId),
  blobs: await openBlobStore(blobAddress),
  parser: new ParsePool({ blobAddress, workers: 1, timeLimitMs: 10_000 }),
  publisher: createPublisher(log),
  metrics: createEmailMetrics(metrics),
  mailboxMetrics: createMailboxMetrics(metrics),
  logger,
  accountId,
  tokenSecret: 'a secret of the proofs',
  maxMessageBytes: 1,
  times: { lease: order.leaseMs, leaseRetry: 50, firstPause: 100, idle: 1_000, silence: 2_000, reconcile: 2_000 },
  onStep(step) {
    if (killAt !== null && step === killAt.step && (reached += 1) === killAt.time) {
      process.kill(process.pid, 'SIGKILL');
    }
  },
});

process.on('SIGTERM', () => {
  void running.stop().then(() => process.exit(0));
});
