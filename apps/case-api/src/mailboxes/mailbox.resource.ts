import type { MailboxOverview } from '#libs/channel-kit';
import { PageResource } from '../resources/shared.resource.js';
import { Instant, Integer, Many, One, OneOf, Text, Texts } from '../resources/properties.js';

const STATUSES = ['ok', 'warning', 'failing', 'waiting', 'forwarded'];
const PHASES = ['waiting', 'connecting', 'catching_up', 'idle', 'paused', 'stopped'];

/** A mailbox of ours and how the fetching from it goes. */
export class MailboxResource {
  @Text({ example: 'support@acme.example' }) address!: string;
  @OneOf(STATUSES, { description: '`forwarded`: mail reaches us by SMTP, nothing is fetched.' }) status!: string;
  @Text({ nullable: true, example: 'INBOX' }) folder!: string | null;
  @OneOf(PHASES, { nullable: true }) phase!: string | null;
  @Instant({ nullable: true, description: 'When all that was in the folder was durable last.' })
  last_sync_at!: string | null;
  @Integer({ description: 'Mails that waited in the folder when it was looked at last.', example: 0 }) backlog!: number;
  @Integer({ example: 1234 }) imported_count!: number;
  @Integer({ example: 0 }) consecutive_failures!: number;
  @Text({ nullable: true }) last_error!: string | null;
  @Instant({ nullable: true }) last_error_at!: string | null;
  @Instant({ nullable: true, description: 'When the folder was compared with what was imported.' })
  last_reconciled_at!: string | null;
  @Integer({ description: 'Mails that comparisons found missing and brought in, in all.', example: 0 })
  reconciled_missing!: number;
  @Instant({ nullable: true, description: 'Of the access token of the last login; a new one is fetched for each.' })
  token_expires_at!: string | null;
  @Instant({ nullable: true, description: 'As the configuration says it.' }) client_secret_expires_at!: string | null;
  @Texts({ description: 'What needs a hand, one sentence each.' }) warnings!: string[];
}

export class MailboxListResource {
  @Many(() => MailboxResource) data!: MailboxResource[];
  @One(() => PageResource) page!: PageResource;
}

export function mailboxResourceOf(overview: MailboxOverview): MailboxResource {
  const { address, status, folder, state, clientSecretExpiresAt, warnings } = overview;
  return {
    address,
    status,
    folder,
    phase: state?.phase ?? null,
    last_sync_at: instantOf(state?.lastSyncAt),
    backlog: state?.backlog ?? 0,
    imported_count: state?.importedCount ?? 0,
    consecutive_failures: state?.consecutiveFailures ?? 0,
    last_error: state?.lastError ?? null,
    last_error_at: instantOf(state?.lastErrorAt),
    last_reconciled_at: instantOf(state?.lastReconciledAt),
    reconciled_missing: state?.reconciledMissing ?? 0,
    token_expires_at: instantOf(state?.tokenExpiresAt),
    client_secret_expires_at: instantOf(clientSecretExpiresAt),
    warnings: [...warnings],
  };
}

function instantOf(moment: Date | null | undefined): string | null {
  return moment?.toISOString() ?? null;
}
