import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { issueCaseToken } from '#libs/interaction';
import { aMail, aReply, type Mail } from '../mails/a-mail.js';
import { ANA } from './acme.js';
import { TOKEN_SECRET } from './intake.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';
import { defaultAccountId } from '#libs/runtime';

describe.each(logsUnderTest())('threading on the %s log', (_kind, log) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  const tokenOf = (caseId: string): string => issueCaseToken(defaultAccountId, caseId, TOKEN_SECRET);
  const stripped = (first: Mail, told: Partial<Mail> = {}): Mail =>
    aReply(first, { inReplyTo: null, references: [], ...told });
  const opens = async (first: Mail): Promise<string> => {
    const before = new Set((await world.cases()).map(({ id }) => id));
    await world.receives(first);
    return (await world.cases()).find(({ id }) => !before.has(id))?.id ?? '';
  };

  describe('32 a reply finds its case', () => {
    it.each<[string, (first: Mail) => Partial<Mail>]>([
      ['by In-Reply-To only', () => ({ references: [] })],
      [
        'by References only, the middle one',
        (first) => ({ inReplyTo: null, references: ['a@elsewhere', first.messageId ?? '', 'b@elsewhere'] }),
      ],
      ['with the subject changed', () => ({ subject: 'Something else altogether' })],
    ])('%s', async (_name, told) => {
      const first = aMail();
      await world.receives(first, aReply(first, told(first)));

      expect(await world.theCase()).toMatchObject({ interaction_count: 2 });
      expect((await world.interactions()).map(({ outcome }) => outcome)).toEqual(['created', 'attached']);
    });

    it('by the token in the recipient only', async () => {
      const first = aMail();
      const caseId = await opens(first);
      await world.receives(stripped(first, { to: [`support+${tokenOf(caseId)}@acme.example`] }));

      expect(await world.theCase()).toMatchObject({ interaction_count: 2 });
    });

    it('with its headers stripped, by the token in the text', async () => {
      const first = aMail();
      const caseId = await opens(first);
      await world.receives(stripped(first, { text: `Still dark.\n\n> Reference: ${tokenOf(caseId)}\n` }));

      expect(await world.theCase()).toMatchObject({ interaction_count: 2 });
    });

    it('with its headers stripped and no token it opens a case of its own', async () => {
      const first = aMail();
      await world.receives(first, stripped(first));

      expect(await world.cases()).toHaveLength(2);
    });
  });

  it('32 a reply that comes before its root leads the root to its case', async () => {
    const first = aMail();
    await world.receives(aReply(first), first);

    expect(await world.theCase()).toMatchObject({ interaction_count: 2 });
  });

  it('33 headers say A, token says B: the token wins, and the conflict is an event', async () => {
    const [a, b] = [aMail(), aMail({ subject: 'The other lamp' })];
    const caseA = await opens(a);
    const caseB = await opens(b);
    await world.receives(aReply(a, { to: [`support+${tokenOf(caseB)}@acme.example`] }));

    expect(await world.cases()).toMatchObject([{ interaction_count: 1 }, { interaction_count: 2 }]);
    expect((await world.events(caseB)).map(({ kind }) => kind)).toContain('threading_conflict');
    const conflict = (await world.events(caseB)).find(({ kind }) => kind === 'threading_conflict');
    expect(JSON.stringify(conflict?.details)).toContain(caseA);
    expect((await world.events(caseA)).map(({ kind }) => kind)).toEqual(['created']);
  });

  it('34 a forged token is ignored', async () => {
    const first = aMail();
    const caseId = await opens(first);
    const forged = issueCaseToken(defaultAccountId, caseId, 'another secret');
    await world.receives(aMail({ from: 'mallory@evil.example', to: [`support+${forged}@acme.example`] }));

    expect(await world.cases()).toMatchObject([{ interaction_count: 1 }, { interaction_count: 1 }]);
  });

  it('36 an out-of-office on Pending leaves it Pending', async () => {
    const first = aMail();
    const caseId = await opens(first);
    await world.set(caseId, { category: `'pending'`, status_id: statusOf('pending') });
    await world.receives(
      aReply(first, { subject: 'Away until Monday', headers: [['Auto-Submitted', 'auto-replied']] }),
    );

    expect(await world.theCase()).toMatchObject({ category: 'pending', interaction_count: 2, reopen_count: 0 });
    expect((await world.interactions()).at(-1)).toMatchObject({ case_id: caseId, outcome: 'automatic' });
  });

  it('36 a reply by the customer on Pending opens it', async () => {
    const first = aMail();
    const caseId = await opens(first);
    await world.set(caseId, { category: `'pending'`, status_id: statusOf('pending') });
    await world.receives(aReply(first));

    expect(await world.theCase()).toMatchObject({ category: 'open', interaction_count: 2 });
  });

  it('37 a bounce attaches to the case of the bounced mail', async () => {
    const first = aMail();
    const caseId = await opens(first);
    const [{ category, assignee } = { category: '', assignee: null }] = await world.cases();
    await world.receives(aBounceOf(first));

    expect((await world.interactions()).at(-1)).toMatchObject({ case_id: caseId, outcome: 'automatic' });
    expect(await world.theCase()).toMatchObject({ interaction_count: 2, category, assignee });
  });

  it('37 a bounce of a mail that nobody knows opens nothing', async () => {
    await world.receives(aBounceOf(aMail()));

    expect(await world.cases()).toEqual([]);
    expect(await world.interactions()).toHaveLength(1);
  });

  it('38 our own mail that loops back is dropped', async () => {
    const first = aMail();
    await world.receives(first, aReply(first, { from: ANA, headers: [['X-Casewright-Loop', 'acme']] }));

    expect(await world.theCase()).toMatchObject({ interaction_count: 1, version: 1 });
    expect((await world.interactions()).at(-1)).toMatchObject({ case_id: null, outcome: 'recorded:own_loop' });
  });
});

function statusOf(category: string): string {
  return `(select id from case_status where category = '${category}' and is_default)`;
}

/** RFC 3464: a report for programs, with the header of the mail that was not delivered. */
function aBounceOf(mail: Mail): Mail {
  const parts = [
    ['text/plain', 'The mail could not be delivered.'],
    [
      'message/delivery-status',
      'Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; nobody@customer.example\nAction: failed\nStatus: 5.1.1',
    ],
    [
      'text/rfc822-headers',
      `From: <support@acme.example>\nSubject: Re: ${mail.subject}\nMessage-ID: <${mail.messageId}>`,
    ],
  ];
  const text = parts.map(([type, content]) => `--edge\nContent-Type: ${type}\n\n${content}\n`).join('');
  return aMail({
    from: 'mailer-daemon@mx.example',
    fromName: null,
    envelopeFrom: '',
    subject: 'Undelivered Mail Returned to Sender',
    text: `${text}--edge--\n`,
    headers: [
      ['MIME-Version', '1.0'],
      ['Auto-Submitted', 'auto-replied'],
      ['Content-Type', 'multipart/report; report-type=delivery-status; boundary=edge'],
    ],
  });
}
