import { describe, expect, it } from '@jest/globals';
import type { ImapConfiguration } from '#libs/runtime';
import { mailboxOverview } from './mailbox-overview.js';
import type { MailboxState } from './sql/list-mailbox-states.js';

const now = new Date('2026-11-21T12:00:00Z');
const imap: ImapConfiguration = {
  host: 'imap.acme.example',
  port: 993,
  tls: 'implicit',
  caFile: null,
  user: 'u',
  oauth2: null,
  folder: 'INBOX',
  afterImport: {},
  pollSeconds: 60,
};
const healthy: MailboxState = {
  mailbox: 'support@acme.example',
  folder: 'INBOX',
  phase: 'idle',
  lastSyncAt: new Date('2026-11-21T11:59:30Z'),
  lastError: null,
  lastErrorAt: null,
  consecutiveFailures: 0,
  backlog: 0,
  importedCount: 7,
  lastReconciledAt: null,
  reconciledMissing: 0,
  tokenExpiresAt: null,
  uidValidity: '1',
  lastUid: 7,
};
const overviewOf = (state: Partial<MailboxState> | null, oauth2: ImapConfiguration['oauth2'] = null) =>
  mailboxOverview(
    [{ address: 'Support@Acme.example', imap: { ...imap, oauth2 } }],
    state === null ? [] : [{ ...healthy, ...state }],
    now,
  )[0];

describe('the overview of a mailbox', () => {
  it.each<[string, Partial<MailboxState> | null, number]>([
    ['ok', {}, 0],
    ['waiting', null, 1],
    ['waiting', { phase: 'waiting' }, 1],
    ['waiting', { phase: 'catching_up', lastSyncAt: null, backlog: 900 }, 0],
    ['waiting', { folder: 'Other' }, 1],
    ['failing', { consecutiveFailures: 2, lastError: 'x' }, 0],
    ['warning', { lastSyncAt: new Date('2026-11-21T11:40:00Z') }, 1],
  ])('is %s with %j', (status, state, warnings) => {
    const overview = overviewOf(state);
    expect(overview).toMatchObject({ address: 'support@acme.example', status, folder: 'INBOX' });
    expect(overview?.warnings).toHaveLength(warnings);
  });

  it('warns of a client secret that ends soon', () => {
    const secret = (clientSecretExpiresAt: string) =>
      overviewOf({}, { provider: 'microsoft365', clientSecretExpiresAt });
    expect(secret('2026-12-31')).toMatchObject({ status: 'ok', clientSecretExpiresAt: new Date('2026-12-31') });
    expect(secret('2026-12-01')).toMatchObject({
      status: 'warning',
      warnings: [expect.stringContaining('ends on 2026-12-01, in 9 days')],
    });
    expect(secret('2026-11-01')?.warnings).toEqual([expect.stringContaining('has ended on 2026-11-01')]);
  });

  it('has nothing to fetch for a mailbox that is forwarded', () => {
    const [overview] = mailboxOverview([{ address: 'a@acme.example', imap: null }], [healthy], now);
    expect(overview).toMatchObject({ status: 'forwarded', folder: null, state: null, warnings: [] });
  });
});
