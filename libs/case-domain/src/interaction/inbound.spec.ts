import { describe, expect, it } from '@jest/globals';
import {
  aCase,
  aCaseReference,
  aClosedCase,
  aGroup,
  aMail,
  aMember,
  aMoment,
  anAgent,
  anInteraction,
  aParty,
  aReference,
  aResolvedCase,
  aSnapshot,
  joiningOf,
  openingOf,
  statusIdOf,
} from '#libs/testing';
import type { Interaction } from '#libs/interaction';
import { advance, decideInteraction, type InteractionDecision, type Snapshot } from '../index.js';

const NOW = '2026-03-02T10:00:00.000Z';
const ana = anAgent({ email: 'ana@acme.example' });
const owned = { assigneeId: ana.id, category: 'open' } as const;
const support = aGroup({ members: [aMember(ana)] });

function decided(interaction: Interaction, snapshot: Snapshot): InteractionDecision {
  return decideInteraction(interaction, snapshot, aMoment());
}

/** A snapshot in which `<root@x>` leads to the case. */
function around(state: ReturnType<typeof aCase>, more: Parameters<typeof aSnapshot>[0] = {}): Snapshot {
  return aSnapshot({
    agents: [ana],
    groups: [support],
    identities: { 'carol@example.org': {} },
    ...more,
    cases: [state, ...(more?.cases ?? [])],
    messages: { '<root@x>': { caseId: state.id, interactionId: 'i-root' }, ...more?.messages },
  });
}

const PROVEN = { trust: { verdict: 'pass', reason: 'DMARC' } } as const;

const reply = (from = 'carol@example.org', overrides: Partial<Interaction> = {}) =>
  aMail({ messageId: '<reply@x>', from, inReplyTo: '<root@x>' }, overrides);

describe('a reply', () => {
  it.each([
    ['In-Reply-To only', { inReplyTo: '<root@x>' }],
    ['References only, a middle id', { references: ['<unknown@x>', '<root@x>', '<older@x>'] }],
  ])('32 by %s', (_, headers) => {
    const state = aCase();
    const decision = joiningOf(decided(aMail({ messageId: '<reply@x>', ...headers }), around(state)));
    expect(decision).toMatchObject({ outcome: 'attached', visibility: 'public', state: { id: state.id } });
    expect(decision.state.interactionCount).toBe(2);
  });

  it('32 by token only, with the headers stripped and the subject changed', () => {
    const state = aCase();
    const mail = aMail({ messageId: '<reply@x>' }, { references: [aCaseReference(state.id)] });
    const decision = joiningOf(decided(mail, around(state)));
    expect(decision.evidence.thread).toMatchObject({ rule: 'recipient_token', namedCaseId: state.id });
  });

  it('33 headers say A and a token says B: the order of the rules decides and both are reported', () => {
    const [a, b] = [aCase(), aCase()];
    const references = [aCaseReference(b.id), aReference('in_reply_to', '<root@x>')];
    const decision = joiningOf(decided(aMail({ messageId: '<reply@x>' }, { references }), around(a, { cases: [b] })));
    expect(decision.state.id).toBe(b.id);
    expect(decision.changes.map((change) => change.kind)).toEqual(['interaction_attached', 'threading_conflict']);
    expect(decision.changes[1]?.details).toEqual({
      chosen: { rule: 'recipient_token', kind: 'case', value: b.id },
      conflicts: [{ rule: 'in_reply_to', kind: 'message_id', value: '<root@x>', caseId: a.id }],
    });
    expect(decision.state.version).toBe(b.version + 2);
  });

  it('leads a root to the case of the reply that came before it', () => {
    const snapshot = aSnapshot({ agents: [ana] });
    const early = aMail({
      messageId: '<reply@x>',
      from: 'ana@acme.example',
      to: ['carol@example.org', 'support@acme.example'],
      inReplyTo: '<root@x>',
    });
    const decision = decided(early, snapshot);
    const first = openingOf(decision);
    advance(snapshot, decision.effects);
    const mail = aMail({ messageId: '<root@x>', from: 'carol@example.org' });
    const root = joiningOf(decided(mail, snapshot));
    expect(root.state.id).toBe(first.state.id);
    expect(root.evidence.thread.rule).toBe('awaited_message');
    expect(root.visibility).toBe('public');
    expect(root.threads).toEqual([
      { kind: 'message_id', value: '<root@x>', caseId: first.state.id, interactionId: mail.id },
    ]);
  });

  it('does not follow its own name when another message bears it already', () => {
    const state = aCase();
    const forged = aMail({ messageId: '<root@x>', from: 'mallory@example.net', references: ['<root@x>'] });
    const decision = openingOf(decided(forged, around(state)));
    expect(decision.threads).toEqual([]);
  });

  it('35 by a third party: internal and flagged, nothing reopened', () => {
    const state = aResolvedCase();
    const decision = joiningOf(decided(reply('mallory@example.net'), around(state)));
    expect(decision).toMatchObject({ outcome: 'internal', visibility: 'internal', flags: ['unverified_sender'] });
    expect(decision.state).toMatchObject({ category: 'resolved', lastRequesterAt: state.lastRequesterAt });
  });

  it('by a participant, or from another address of the requester, is public', () => {
    const state = aCase({ participants: ['email:dan@example.org'] });
    expect(joiningOf(decided(reply('dan@example.org'), around(state))).visibility).toBe('public');
    const identities = { 'carol@home.example': { contactId: state.requester.id } };
    expect(joiningOf(decided(reply('carol@home.example'), around(state, { identities }))).visibility).toBe('public');
  });

  it('by whoever takes part as a contact or as a follower is public', () => {
    for (const participant of ['follower:email:dan@x.example', 'contact:dan']) {
      const state = aCase({ participants: [participant] });
      const known = { identities: { 'dan@x.example': { contactId: 'dan' } } };
      const decision = decided(reply('dan@x.example'), around(state, known));
      expect(decision.verdict).toMatchObject({ outcome: 'attached', visibility: 'public' });
    }
  });

  it('leaves a task with its assignee, who may be gone: a task is always somebody’s', () => {
    const due = { dueOn: '2026-03-29', dueAt: '2026-03-29T11:00:00.000Z', dueTimeZone: 'Europe/Lisbon' };
    const task = { type: 'task', assigneeId: 'somebody gone', ...due } as const;
    for (const state of [aCase({ category: 'pending', ...task }), aResolvedCase(task)]) {
      const { state: after } = joiningOf(decided(reply(), around(state)));
      expect(after).toMatchObject({ category: 'open', assigneeId: 'somebody gone' });
    }
  });

  it('by an agent changes no status, and counts as the first response', () => {
    for (const category of ['new', 'pending', 'resolved'] as const) {
      const state = aCase({ category, resolvedAt: category === 'resolved' ? NOW : null });
      const decision = joiningOf(decided(reply('ana@acme.example', PROVEN), around(state)));
      expect(decision).toMatchObject({ outcome: 'attached', visibility: 'public', state: { category } });
      expect(decision.state.firstResponseAt).toBe('2026-03-02T09:00:00.000Z');
    }
  });

  it('from an agent’s address that nothing proves is a stranger’s', () => {
    const unproven = joiningOf(decided(reply('ana@acme.example'), around(aCase())));
    expect(unproven).toMatchObject({ outcome: 'internal', flags: ['unverified_sender'] });
    const claimed = { author: aParty('ana@acme.example'), method: 'reply_to', confidence: 'exact' } as const;
    const form = reply('form@example.net', { forwarded: claimed });
    expect(joiningOf(decided(form, around(aCase()))).outcome).toBe('internal');
  });

  it.each([
    ['a list of ours is its author’s', 'exact', 'attached'],
    ['somebody else’s list is a stranger’s', 'weak', 'internal'],
  ] as const)('through %s', (_list, confidence, outcome) => {
    const forwarded = { author: aParty('carol@example.org'), method: 'list_rewrite', confidence } as const;
    const mail = reply('list@lists.example', { forwarded, ...PROVEN });
    expect(joiningOf(decided(mail, around(aCase()))).outcome).toBe(outcome);
  });

  it.each(['pending', 'on_hold'] as const)('opens a case that is %s, by the system and in one event', (category) => {
    const decision = joiningOf(decided(reply(), around(aCase({ ...owned, category }))));
    expect(decision.state).toMatchObject({ category: 'open', assigneeId: ana.id, statusId: statusIdOf('open') });
    expect(decision.changes).toHaveLength(1);
    expect(decision.changes[0]).toMatchObject({ kind: 'status_changed', actor: { kind: 'system' } });
  });

  it('reopens a resolved case with its owner', () => {
    const decision = joiningOf(decided(reply(), around(aResolvedCase({ assigneeId: ana.id }))));
    expect(decision).toMatchObject({ outcome: 'reopened', evidence: { assignment: { rule: 'A3' } } });
    expect(decision.state).toMatchObject({
      category: 'open',
      assigneeId: ana.id,
      resolvedAt: null,
      resolution: null,
      reopenCount: 1,
    });
  });

  it('reopens as new when the owner is gone and nobody else takes it', () => {
    const left = { agents: [{ ...ana, active: false }] };
    const decision = joiningOf(decided(reply(), around(aResolvedCase({ assigneeId: ana.id }), left)));
    expect(decision.state).toMatchObject({ category: 'new', assigneeId: null, statusId: statusIdOf('new') });
    const notKept = { groups: [{ ...support, keepOwnerOnReopen: false }] };
    expect(joiningOf(decided(reply(), around(aResolvedCase({ assigneeId: ana.id }), notKept))).state.category).toBe(
      'new',
    );
  });
});

describe('automatic messages', () => {
  it('36 an out-of-office on a pending case: it stays pending', () => {
    const automatic = { class: 'out_of_office', signals: ['Auto-Submitted: auto-replied'] } as const;
    const mail = reply('carol@example.org', { handling: 'attach_only', automatic: { ...automatic, signals: [] } });
    const state = aCase({ ...owned, category: 'pending' });
    const decision = joiningOf(decided(mail, around(state)));
    expect(decision).toMatchObject({ outcome: 'automatic', visibility: 'public', state: { category: 'pending' } });
    expect(decision.state.lastRequesterAt).toBe(state.lastRequesterAt);
  });

  it('37 a bounce joins the case of the bounced message', () => {
    const bounce = aMail(
      { messageId: '<bounce@x>', from: 'mailer-daemon@example.org' },
      { handling: 'attach_only', references: [aReference('bounced_message', '<root@x>')] },
    );
    const decision = joiningOf(decided(bounce, around(aResolvedCase())));
    expect(decision).toMatchObject({ outcome: 'automatic', visibility: 'internal', state: { category: 'resolved' } });
    expect(decision.evidence.thread.rule).toBe('bounced_message');
  });

  it('never open or follow up a case', () => {
    const automatic = { handling: 'attach_only' } as const;
    expect(decided(anInteraction(automatic), aSnapshot()).verdict).toMatchObject({
      outcome: 'recorded',
      because: 'automatic',
    });
    const closed = aClosedCase();
    expect(decided(reply('carol@example.org', automatic), around(closed)).verdict).toMatchObject({
      outcome: 'recorded',
      because: 'automatic',
      relatedCaseId: closed.id,
    });
  });

  it('38 our own mail comes back: recorded and nothing else', () => {
    const decision = decided(reply('support@acme.example', { handling: 'record_only' }), around(aCase()));
    expect(decision.verdict).toMatchObject({ outcome: 'recorded', because: 'own_loop' });
  });
});

describe('what we send', () => {
  it('joins its case as the agents’ side, or is recorded', () => {
    const sent = reply('support@acme.example', { direction: 'outbound' });
    const decision = joiningOf(decided(sent, around(aCase({ ...owned, category: 'pending' }))));
    expect(decision.state).toMatchObject({ category: 'pending', firstResponseAt: sent.occurredAt });
    expect(decided(sent, aSnapshot()).verdict).toMatchObject({ outcome: 'recorded', because: 'outbound' });
  });
});
