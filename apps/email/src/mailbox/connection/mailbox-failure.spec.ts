import { describe, expect, it } from '@jest/globals';
import type { ImapConfiguration } from '#libs/runtime';
import { MAILBOX_TIMES } from '../folder/mailbox-dependencies.js';
import { MailboxFailure, mailboxFailure, pauseAfter } from './mailbox-failure.js';

const imap: ImapConfiguration = {
  ...{ host: 'imap.acme.example', port: 993, tls: 'implicit', caFile: null, user: 'support@acme.example' },
  ...{ password: 'hunter2', oauth2: null, folder: 'INBOX', afterImport: {}, pollSeconds: 60 },
};
const failed = (fields: object) => mailboxFailure(Object.assign(new Error('Command failed'), fields), imap);

describe('a failure', () => {
  it('of a throttled command asks for the pause that the server wants, within reason', () => {
    expect(failed({ code: 'ETHROTTLE', throttleReset: 201_000 })).toMatchObject({
      kind: 'throttled',
      pauseMs: 201_000,
    });
    expect(failed({ code: 'ETHROTTLE', throttleReset: 1e12 }).pauseMs).toBe(3_600_000);
    expect(failed({ code: 'ETHROTTLE' }).pauseMs).toBe(0);
  });

  it('of a login that came at a bad time does not speak of the password', () => {
    const failure = failed({ authenticationFailed: true, serverResponseCode: 'UNAVAILABLE', responseText: 'Later' });
    expect(failure).toMatchObject({
      kind: 'throttled',
      message: 'imap.acme.example:993 takes no more work now: Later',
    });
  });

  it('of a refused login says what to do, without the secret', () => {
    const failure = failed({ authenticationFailed: true, responseText: 'Invalid credentials' });
    expect(failure.kind).toBe('refused');
    expect(failure.message).toContain('support@acme.example');
    expect(failure.message).not.toContain('hunter2');
  });

  it('of the connection is one bounded line', () => {
    const failure = mailboxFailure(new Error(`broken\r\nline ${'x'.repeat(10_000)}`), imap);
    expect(failure.message).toMatch(/^imap\.acme\.example:993: broken line x+$/);
    expect(failure.message.length).toBeLessThan(600);
    expect(failed({ code: 'ETIMEOUT' }).message).toBe('imap.acme.example:993: Command failed (ETIMEOUT)');
  });

  it('of ours stays what it is', () => {
    const own = new MailboxFailure('unavailable', 'no broker');
    expect(mailboxFailure(own, imap)).toBe(own);
  });
});

describe('the pause after a failure', () => {
  const pause = (kind: MailboxFailure['kind'], failures: number, chance = 0.5, pauseMs = 0) =>
    pauseAfter({ kind, pauseMs }, failures, MAILBOX_TIMES, chance);

  it('grows by half up to five minutes', () => {
    expect([1, 2, 3].map((failures) => pause('connection', failures))).toEqual([1_000, 1_500, 2_250]);
    expect(pause('connection', 50)).toBe(300_000);
    expect(pause('connection', 5_000)).toBe(300_000);
  });

  it('varies by chance', () => {
    expect(pause('connection', 1, 0)).toBe(750);
    expect(pause('connection', 1, 1)).toBe(1_250);
  });

  it('is a minute at least after a refused login, and what a server asked for', () => {
    expect(pause('refused', 1)).toBe(60_000);
    expect(pause('throttled', 1, 0.5, 201_000)).toBe(201_000);
  });
});
