import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { issueCaseToken } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { aMail, aReply, type Mail } from '../mails/a-mail.js';
import { ANA, SUPPORT } from './acme.js';
import { TOKEN_SECRET } from './intake.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';

/** What the server of the mailboxes writes about a sender (RFC 8601). */
const results = (dmarc: 'pass' | 'fail', domain: string): Mail['headers'][number] => [
  'Authentication-Results',
  `mx.acme.example; dmarc=${dmarc} header.from=${domain}`,
];
const PROVEN_AGENT = { from: ANA, fromName: 'Ana', headers: [results('pass', 'acme.example')] } as const;
const STRANGER = { from: 'mallory@evil.example', fromName: 'Carla Dias' } as const;

describe.each(logsUnderTest())('conversations on the %s log', (_kind, log) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  const opened = async (first: Mail): Promise<string> => {
    const before = new Set((await world.cases()).map(({ id }) => id));
    await world.receives(first);
    return (await world.cases()).find(({ id }) => !before.has(id))?.id ?? '';
  };
  const ownToken = (caseId: string): string => issueCaseToken(defaultAccountId, caseId, TOKEN_SECRET);
  const numberOf = async (caseId: string): Promise<string> =>
    (await world.cases()).find(({ id }) => id === caseId)?.number ?? '';
  const lastInteraction = async () => (await world.interactions()).at(-1);

  describe('a late parent', () => {
    /** First mail, an answer to it, an answer to that; each names only the mail that it answers. */
    const threeMails = (): [Mail, Mail, Mail] => {
      const first = aMail();
      const middle = aReply(first, { references: [] });
      return [first, middle, aReply(middle, { references: [] })];
    };

    it('makes one case of the two that its conversation had become', async () => {
      const [first, middle, last] = threeMails();
      await world.receives(first, last);
      expect(await world.cases()).toHaveLength(2);
      await world.receives(middle);

      const [main, source] = await world.cases();
      expect(main).toMatchObject({ interaction_count: 3, closed: false, merged_into_id: null });
      expect(source).toMatchObject({ interaction_count: 0, closed: true, merged_into_id: main?.id });
      expect((await world.interactions()).map(({ case_id }) => case_id)).toEqual([main?.id, main?.id, main?.id]);
      expect((await world.events(main?.id ?? '')).map(({ kind }) => kind)).toEqual([
        'created',
        'merge_received',
        'interaction_attached',
      ]);
      expect((await world.events(source?.id ?? '')).map(({ kind }) => kind)).toEqual(['created', 'merged']);
      expect(await world.links()).toEqual([{ from_case_id: source?.id, to_case_id: main?.id, kind: 'merged' }]);
      await world.receives(aReply(last, { references: [] }));
      expect((await world.cases())[0]).toMatchObject({ id: main?.id, interaction_count: 4 });
    });

    it('joins nothing when an agent has answered in one of them', async () => {
      const [first, middle, last] = threeMails();
      await world.receives(first, aReply(first, PROVEN_AGENT), last, middle);

      expect(await world.cases()).toMatchObject([{ merged_into_id: null }, { merged_into_id: null }]);
      const [main] = await world.cases();
      expect((await world.events(main?.id ?? '')).map(({ kind }) => kind)).toContain('threading_conflict');
    });

    it('leads nobody into another person’s case', async () => {
      const [first, middle] = threeMails();
      await world.receives(first, aReply(middle, { ...STRANGER, references: [] }), middle);

      const cases = await world.cases();
      expect(cases).toMatchObject([
        { requester: first.from, interaction_count: 2, merged_into_id: null },
        { requester: STRANGER.from, interaction_count: 1, merged_into_id: null },
      ]);
    });
  });

  it.each<[string, (token: string) => Partial<Mail>]>([
    ['a recipient', (token) => ({ to: [`support+${token}@acme.example`] })],
    ['a Message-ID', (token) => ({ inReplyTo: `${token}@acme.example` })],
    ['the subject', (token) => ({ subject: `About ${token}` })],
    ['the text', (token) => ({ text: `Reference: ${token}\n` })],
  ])('34 a forged token in %s is ignored, and flagged', async (_place, told) => {
    const caseId = await opened(aMail());
    const forged = issueCaseToken(defaultAccountId, caseId, 'another secret');
    await world.receives(aMail({ ...STRANGER, ...told(forged) }));

    expect(await world.cases()).toMatchObject([{ interaction_count: 1 }, { interaction_count: 1 }]);
    expect((await lastInteraction())?.flags).toContain('forged_token');
  });

  it('34 a genuine token of one account is forged in another', async () => {
    const caseId = await opened(aMail());
    const foreign = issueCaseToken('3f0f4e6e-1111-4222-8333-444455556666', caseId, TOKEN_SECRET);
    await world.receives(aMail({ to: [`support+${foreign}@acme.example`] }));

    expect(await world.cases()).toHaveLength(2);
  });

  it.each(['open', 'pending', 'resolved'])('35 a third party’s reply to a case that is %s', async (category) => {
    const first = aMail();
    const caseId = await opened(first);
    await world.set(caseId, stateOf(category));
    await world.receives(aReply(first, STRANGER));

    expect(await world.theCase()).toMatchObject({ category, interaction_count: 2, reopen_count: 0 });
    expect(await lastInteraction()).toMatchObject({
      case_id: caseId,
      outcome: 'internal',
      visibility: 'internal',
      evidence: { settled: { flags: ['unverified_sender'] } },
    });
    await world.receives(aReply(first, { ...STRANGER, to: [SUPPORT], cc: [first.from] }));
    expect((await lastInteraction())?.visibility).toBe('internal');
  });

  it('42 an agent forwards a customer’s mail: the customer is the requester, the agent submits', async () => {
    const forwarded = [
      'For you.\n',
      '---------- Forwarded message ---------',
      'From: Paula Reis <paula@customer.example>',
      'Date: Fri, 20 Nov 2026 at 09:00',
      'Subject: My lamp',
      'To: Ana <ana@acme.example>\n',
      'The lamp does not light.\n',
    ];
    await world.receives(aMail({ ...PROVEN_AGENT, subject: 'Fwd: My lamp', text: forwarded.join('\n') }));

    expect(await world.theCase()).toMatchObject({
      requester_kind: 'contact',
      requester: 'paula@customer.example',
      submitter_kind: 'agent',
    });
  });

  it('42 nobody but a proven agent brings somebody else’s case', async () => {
    const text = '---------- Forwarded message ---------\nFrom: Paula <paula@customer.example>\nSubject: x\n\nHello\n';
    await world.receives(aMail({ ...STRANGER, subject: 'Fwd: x', text }));

    expect(await world.theCase()).toMatchObject({ requester: STRANGER.from });
  });

  it('45 a mail that fails DMARC never makes its sender verified', async () => {
    const failing = { headers: [results('fail', 'customer.example')] };
    await world.receives(aMail(failing), aMail(failing));

    expect(await world.cases()).toMatchObject([
      { requester_verified: false, requester_method: 'R6', requester_confidence: 'weak' },
      { requester_verified: false, requester_method: 'R4', requester_confidence: 'weak' },
    ]);
  });

  it('45 nor is it taken for the verified sender of before', async () => {
    await world.receives(aMail({ headers: [results('pass', 'customer.example')] }));
    await world.receives(aMail({ headers: [results('fail', 'customer.example')] }));

    expect(await world.cases()).toMatchObject([
      { requester_verified: true },
      { requester_method: 'R4', requester_confidence: 'weak' },
    ]);
  });

  /** Cells of the follow-up matrix, from the wire to the rows. */
  it.each<Cell>([
    ['a reply to a new case', 'new', 'attached', (first) => aReply(first)],
    [
      'a reply without In-Reply-To to a pending case',
      'pending',
      'attached',
      (first) => aReply(first, { inReplyTo: null }),
    ],
    [
      'a reply without References to a resolved case',
      'resolved',
      'reopened',
      (first) => aReply(first, { references: [] }),
    ],
    ['an agent’s reply to a resolved case', 'resolved', 'attached', (first) => aReply(first, PROVEN_AGENT)],
    ['the reply of one who claims to be an agent', 'resolved', 'internal', (first) => aReply(first, { from: ANA })],
    ['a reply to a closed case', 'closed', 'followed_up', (first) => aReply(first)],
    ['a stranger’s reply to a closed case', 'closed', 'created', (first) => aReply(first, STRANGER)],
    ['a mail to the address of a case', 'open', 'attached', (_, { token }) => aMail({ to: [plus(token)] })],
    [
      'an answer to a mail of ours',
      'open',
      'attached',
      (_, { token }) => aMail({ inReplyTo: `${token}@acme.example` }),
    ],
    ['a token in the subject', 'open', 'attached', (_, { token }) => aMail({ subject: `AW: lamp ${token}` })],
    [
      'a stranger’s mail to the address',
      'open',
      'internal',
      (_, { token }) => aMail({ ...STRANGER, to: [plus(token)] }),
    ],
    ['a number in the subject', 'open', 'attached', (_, { number }) => aMail({ subject: `[CASE-${number}] lamp` })],
    ['a number of a resolved case', 'resolved', 'reopened', (_, { number }) => aMail({ subject: `Lamp [#${number}]` })],
    ['a stranger’s guess', 'open', 'created', (_, { number }) => aMail({ ...STRANGER, subject: `CASE-${number}` })],
  ])('%s (%s): %s', async (_sentence, state, outcome, mail) => {
    const first = aMail();
    const caseId = await opened(first);
    await world.set(caseId, stateOf(state));
    await world.receives(mail(first, { token: ownToken(caseId), number: await numberOf(caseId) }));

    const answer = await lastInteraction();
    expect(answer?.outcome).toBe(outcome);
    expect(answer?.case_id === caseId).toBe(!['created', 'followed_up'].includes(outcome));
  });
});

type Cell = [
  sentence: string,
  state: string,
  outcome: string,
  mail: (first: Mail, names: { readonly token: string; readonly number: string }) => Mail,
];

const plus = (token: string): string => `support+${token}@acme.example`;

/** Columns that a person or a timer would have set, as SQL. */
function stateOf(category: string): Readonly<Record<string, string>> {
  const stored = category === 'closed' ? 'resolved' : category;
  const settled = { resolved_at: 'now()', resolution: `'a new bulb'`, resolution_source: `'agent'` };
  return {
    category: `'${stored}'`,
    status_id: `(select id from case_status where category = '${stored}' and is_default)`,
    ...(category === 'new' ? { assignee_id: 'null' } : undefined),
    ...(stored === 'resolved' ? settled : undefined),
    ...(category === 'closed' ? { closed_at: 'now()', closed_reason: `'auto_close'` } : undefined),
  };
}
