import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Metrics } from '#libs/runtime';
import { watchSecrets } from './watch-secrets.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const ends = new Date('2027-03-01T00:00:00Z');
const mailboxes = [
  {
    address: 'support@acme.example',
    imap: { oauth2: { provider: 'microsoft365', clientSecret: 'hunter2', clientSecretExpiresAt: ends.toISOString() } },
  },
  { address: 'sales@acme.example', imap: { oauth2: null } },
] as const;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('the watch over client secrets', () => {
  it('warns 30, 14, 7 and 1 days before, and at the end, each once', async () => {
    const lines: object[] = [];
    let moment = ends.getTime() - 40 * DAY_MS;
    const metrics = new Metrics();
    const stop = watchSecrets(mailboxes, {
      logger: { warn: (about: object) => void lines.push(about) },
      metrics,
      now: () => new Date(moment),
    });
    for (; moment < ends.getTime() + 3 * DAY_MS; moment += DAY_MS / 24) {
      jest.advanceTimersByTime(60 * 60 * 1000);
    }
    stop();
    expect(lines.map((line) => (line as { daysLeft: number }).daysLeft)).toEqual([30, 14, 7, 1, 0]);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
    expect((await metrics.exposition()).text).toContain(
      `mailbox_client_secret_expiry_timestamp{mailbox="support@acme.example"} ${ends.getTime() / 1000}`,
    );
    expect(jest.getTimerCount()).toBe(0);
  });
});
