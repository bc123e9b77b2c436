import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { issueCaseToken } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { aMail, aReply, type Mail } from '../mails/a-mail.js';
import { TOKEN_SECRET } from './intake.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';

describe.each(logsUnderTest())('automatic mail on the %s log', (_kind, log) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  const resolved = async (first: Mail): Promise<string> => {
    await world.receives(first);
    const { id } = await world.theCase();
    await world.set(id, {
      category: `'resolved'`,
      status_id: `(select id from case_status where category = 'resolved' and is_default)`,
      resolved_at: 'now()',
      resolution: `'a new bulb'`,
      resolution_source: `'agent'`,
    });
    return id;
  };

  it.each<[string, (first: Mail) => Mail]>([
    [
      'a note of absence',
      (first) => aReply(first, { subject: 'Automatic reply: lamp', headers: [['X-Auto-Response-Suppress', 'All']] }),
    ],
    ['an answer by machine', (first) => aReply(first, { headers: [['X-Autoreply', 'yes']] })],
    ['a mail without a sender', (first) => aReply(first, { envelopeFrom: '' })],
    ['a bounce in words', (first) => aBounceInWords(first)],
  ])('%s joins a resolved case and leaves it resolved', async (_name, answer) => {
    const first = aMail();
    const caseId = await resolved(first);
    await world.receives(answer(first));

    expect(await world.theCase()).toMatchObject({ category: 'resolved', interaction_count: 2, reopen_count: 0 });
    expect((await world.interactions()).at(-1)).toMatchObject({ case_id: caseId, outcome: 'automatic' });
  });

  it('a bounce finds its case by the address that it was sent back to', async () => {
    const first = aMail();
    await world.receives(first);
    const { id } = await world.theCase();
    const token = issueCaseToken(defaultAccountId, id, TOKEN_SECRET);
    await world.receives({ ...aBounceInWords(aMail()), to: [`support+${token}@acme.example`] });

    expect(await world.theCase()).toMatchObject({ interaction_count: 2 });
  });

  it.each<[string, Partial<Mail>]>([
    ['an order of a shop', { from: 'no-reply@shop.example', headers: [['Auto-Submitted', 'auto-generated']] }],
    ['a mail of a list', { headers: [['List-Id', '<lamps.lists.example>']] }],
    ['a question about notes of absence', { subject: 'Automatic reply: how do I write one?' }],
    ['a mail that asks for no answer', { headers: [['X-Auto-Response-Suppress', 'All']] }],
  ])('%s opens a case', async (_name, told) => {
    await world.receives(aMail(told));

    expect(await world.theCase()).toMatchObject({ interaction_count: 1 });
  });
});

/** As qmail writes it: no report for programs, the copy below the text. */
function aBounceInWords(mail: Mail): Mail {
  return aMail({
    from: 'MAILER-DAEMON@mx.example',
    fromName: null,
    envelopeFrom: '',
    subject: 'failure notice',
    text: [
      'Hi. This is the qmail-send program at mx.example.\n',
      '<gone@customer.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n',
      '--- Below this line is a copy of the message.\n',
      `Message-ID: <${mail.messageId}>\nSubject: Re: ${mail.subject}\n`,
    ].join('\n'),
  });
}
