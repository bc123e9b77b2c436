import { describe, expect, it } from '@jest/globals';
import {
  agentIdOf,
  aGroup,
  aMail,
  aMember,
  aMoment,
  anAgent,
  anEndpoint,
  anInteraction,
  aParty,
  aSnapshot,
  openingOf,
  statusIdOf,
} from '#libs/testing';
import type { Interaction } from '#libs/interaction';
import { decideInteraction, type InteractionDecision, type Snapshot } from '../index.js';

const ana = anAgent({ email: 'ana@acme.example' });
const support = aGroup({ members: [aMember(ana)] });

function decided(interaction: Interaction, snapshot: Snapshot): InteractionDecision {
  return decideInteraction(interaction, snapshot, aMoment());
}

describe('a first mail', () => {
  it('30 first mail: a case, and its requester as a new contact', () => {
    const decision = openingOf(decided(aMail({ messageId: '<a@x>', from: 'carol@example.org' }), aSnapshot()));
    expect(decision.contact).toMatchObject({
      identity: { kind: 'email', value: 'carol@example.org' },
      verified: false,
    });
    expect(decision.state).toMatchObject({
      category: 'new',
      statusId: statusIdOf('new'),
      requester: { kind: 'contact', id: decision.contact?.id },
      requesterMatch: { method: 'R6', confidence: 'weak' },
      interactionCount: 1,
      version: 1,
    });
    expect(decision.changes.map((change) => change.kind)).toEqual(['created']);
    expect(decision.threads).toMatchObject([{ kind: 'message_id', value: '<a@x>' }]);
  });

  it('1 and 2 a new case is new without an owner, and open in one event with one', () => {
    const robin = aSnapshot({ agents: [ana], groups: [{ ...support, strategy: 'round_robin' }] });
    const decision = openingOf(decided(anInteraction(), robin));
    expect(decision.state).toMatchObject({ category: 'open', assigneeId: ana.id, statusId: statusIdOf('open') });
    expect(decision.changes).toHaveLength(1);
    expect(decision.changes[0]?.changes).toContainEqual({ field: 'assigneeId', from: null, to: ana.id });
    expect(decision.changes[0]?.details).toMatchObject({ assignment: { rule: 'A6', strategy: 'round_robin' } });
    expect(openingOf(decided(anInteraction(), aSnapshot())).state.category).toBe('new');
  });

  it('makes the other visible recipients participants, neither ours nor agents nor the sender', () => {
    const mail = aMail({
      messageId: '<a@x>',
      from: 'carol@example.org',
      to: ['support@acme.example', 'support+cwabc@acme.example', 'dan@example.org'],
      cc: ['ana@acme.example', 'carol@example.org', 'dan@example.org'],
    });
    expect(openingOf(decided(mail, aSnapshot({ agents: [ana] }))).state.participants).toEqual([
      'email:dan@example.org',
    ]);
  });

  it('knows a mailbox of ours that has a plus in its name, and plus addresses of it', () => {
    const team = 'billing+team@acme.example';
    const to = [team, 'billing+team+case@acme.example', 'dan@example.org'];
    const snapshot = aSnapshot({ mailboxes: { [team]: anEndpoint(team) } });
    const decision = openingOf(decided(aMail({ messageId: '<a@x>', to }), snapshot));
    expect(decision.state.participants).toEqual(['email:dan@example.org']);
  });

  it('keeps at most 48 participants', () => {
    const to = Array.from({ length: 60 }, (_, index) => `person${index}@example.org`);
    expect(openingOf(decided(aMail({ messageId: '<a@x>', to }), aSnapshot())).state.participants).toHaveLength(48);
  });

  it('43 an agent writes for herself: an agent requester', () => {
    const mail = aMail({ messageId: '<a@x>', from: 'ana@acme.example' });
    const decision = openingOf(decided(mail, aSnapshot({ agents: [ana] })));
    expect(decision.state).toMatchObject({
      requester: { kind: 'agent', id: ana.id },
      submitter: { kind: 'agent', id: ana.id },
      requesterMatch: { method: 'R2', confidence: 'exact' },
    });
    expect(decision.contact).toBeNull();
  });

  it('42 an agent forwards a customer: the customer requests, the agent submits', () => {
    const author = aParty('carol@example.org', 'Carol');
    const mail = aMail(
      { messageId: '<a@x>', from: 'ana@acme.example' },
      { forwarded: { author, method: 'inline_block', confidence: 'exact' }, trust: { verdict: 'pass', reason: 'x' } },
    );
    const decision = openingOf(decided(mail, aSnapshot({ agents: [ana] })));
    expect(decision.state).toMatchObject({
      requester: { kind: 'contact', id: decision.contact?.id },
      submitter: { kind: 'agent', id: agentIdOf('ana@acme.example') },
      supplied: { name: 'Carol', email: 'carol@example.org' },
    });
    expect(decision.contact?.name).toBe('Carol');
  });

  it('44 an empty or a 5,000 character subject, cut between characters', () => {
    const content = { text: '', attachments: [] };
    const subjectOf = (subject: string) =>
      openingOf(decided(anInteraction({ content: { ...content, subject } }), aSnapshot())).state.subject;
    expect(subjectOf('')).toBe('');
    expect(subjectOf('x'.repeat(5000))).toHaveLength(150);
    expect([...subjectOf('😀'.repeat(5000))]).toHaveLength(150);
  });

  it('44 a 120-entry chain of unknown references reserves 20 names, the root among them', () => {
    const references = Array.from({ length: 120 }, (_, index) => `<r${index}@x>`);
    const { threads } = openingOf(decided(aMail({ messageId: '<a@x>', references }), aSnapshot()));
    const awaited = threads.filter((claim) => claim.interactionId === null).map((claim) => claim.value);
    expect(awaited).toEqual([...references.slice(0, 19), '<r119@x>']);
  });

  it('keeps the mail of a blocked sender without a case', () => {
    const snapshot = aSnapshot({ identities: { 'carol@example.org': { blocked: true } } });
    expect(decided(anInteraction(), snapshot).verdict).toMatchObject({
      outcome: 'recorded',
      because: 'blocked_sender',
    });
  });

  it('opens no case on an occasion that is switched off, the endpoint before the account', () => {
    const silent = aSnapshot({ mailboxes: { 'support@acme.example': anEndpoint('x', { autoCreate: new Set() }) } });
    expect(decided(anInteraction(), silent).verdict).toMatchObject({ outcome: 'recorded', because: 'auto_create_off' });
    const only = anEndpoint('x', { autoCreate: new Set(['email']) });
    const account = { autoCreate: new Set<string>() };
    const overridden = aSnapshot({ account, mailboxes: { 'support@acme.example': only } });
    expect(decided(anInteraction(), overridden).verdict.outcome).toBe('created');
  });
});

describe('requester', () => {
  const matchOf = (mail: Interaction, snapshot: Snapshot) => openingOf(decided(mail, snapshot)).state.requesterMatch;
  const trusted = (verdict: 'pass' | 'fail' | 'unknown') => anInteraction({ trust: { verdict, reason: 'DMARC' } });

  it('45 a failing DMARC never becomes verified', () => {
    const verified = aSnapshot({ identities: { 'carol@example.org': { verified: true } } });
    expect(matchOf(trusted('pass'), verified)).toMatchObject({ method: 'R3', confidence: 'verified' });
    expect(matchOf(trusted('unknown'), verified)).toMatchObject({ method: 'R3', confidence: 'verified' });
    expect(matchOf(trusted('fail'), verified)).toMatchObject({ method: 'R4', confidence: 'weak' });
    expect(openingOf(decided(trusted('fail'), aSnapshot())).contact?.verified).toBe(false);
    expect(openingOf(decided(trusted('pass'), aSnapshot())).contact?.verified).toBe(true);
  });

  it('takes an unverified identity as weak, and never guesses behind a shared one', () => {
    const known = { 'carol@example.org': { contactId: 'c-1' } };
    expect(matchOf(trusted('unknown'), aSnapshot({ identities: known }))).toMatchObject({ method: 'R4' });
    const shared = aSnapshot({ identities: { 'carol@example.org': { contactId: 'c-1', shared: true } } });
    expect(matchOf(trusted('pass'), shared)).toMatchObject({ confidence: 'ambiguous', candidates: ['c-1'] });
  });

  it('proves nothing of the author behind a rewritten sender', () => {
    const author = aParty('carol@example.org');
    const trust = { verdict: 'pass', reason: 'DMARC of the list' } as const;
    const forwarded = { author, method: 'list_rewrite', confidence: 'exact' } as const;
    const mail = aMail({ messageId: '<a@x>', from: 'list@lists.example' }, { forwarded, trust });
    const decision = openingOf(decided(mail, aSnapshot()));
    expect(decision.contact).toMatchObject({ identity: { value: 'carol@example.org' }, verified: false });
    expect(decision.submitter).toEqual(decision.requester);
  });

  it('gives each anonymous interaction a contact of its own', () => {
    const anonymous = (id: string) =>
      openingOf(decided(anInteraction({ externalId: id, sender: { kind: 'anonymous', value: id } }), aSnapshot()));
    const first = anonymous('one');
    expect(first.contact).toMatchObject({ kind: 'anonymous', identity: null });
    expect(first.state.requesterMatch).toMatchObject({ method: 'R7', confidence: 'anonymous' });
    expect(anonymous('two').contact?.id).not.toBe(first.contact?.id);
  });
});
