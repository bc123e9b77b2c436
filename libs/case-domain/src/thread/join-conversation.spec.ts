import { describe, expect, it } from '@jest/globals';
import {
  aCase,
  aCaseId,
  aClosedCase,
  aMail,
  aMoment,
  anAgent,
  aSnapshot,
  contactOf,
  outlineOf,
  statusIdOf,
  type Outline,
} from '#libs/testing';
import { advance, decideInteraction, type CaseState, type InteractionDecision, type Snapshot } from '../index.js';

const NOW = '2026-03-10T10:00:00.000Z';
const ana = anAgent();

const older = aCase({ number: '7', interactionCount: 2, participants: ['email:dan@example.org'] });
const younger = aCase({ number: '9', participants: ['email:eve@example.org'] });

/** The root of the older case is known; the younger one waits for the mail that answers the root. */
function around(one: CaseState, other: CaseState, more: Parameters<typeof aSnapshot>[0] = {}): Snapshot {
  return aSnapshot({
    agents: [ana],
    ...more,
    cases: [one, other, ...(more.cases ?? [])],
    messages: {
      '<root@x>': { caseId: one.id, interactionId: 'i-root' },
      '<middle@x>': { caseId: other.id, interactionId: null },
    },
  });
}

const middle = aMail({ messageId: '<middle@x>', from: 'carol@example.org', inReplyTo: '<root@x>' });
const decided = (snapshot: Snapshot, mail = middle): InteractionDecision =>
  decideInteraction(mail, snapshot, aMoment({ now: NOW }));
const arrives = (snapshot: Snapshot, mail = middle): Outline => outlineOf(decided(snapshot, mail));

describe('a message that another case waits for', () => {
  it('joins the younger case with the older one by the rules of a merge', () => {
    const decision = arrives(around(older, younger));
    expect(decision).toMatchObject({
      outcome: 'attached',
      state: {
        id: older.id,
        interactionCount: 4,
        participants: ['email:dan@example.org', 'email:eve@example.org'],
      },
      joined: [
        {
          state: {
            id: younger.id,
            category: 'resolved',
            statusId: statusIdOf('resolved'),
            closedReason: 'merged',
            resolutionSource: 'merge',
            mergedIntoId: older.id,
            interactionCount: 0,
          },
          changes: [{ kind: 'merged', details: { reason: 'late_parent', moved_interactions: 1 } }],
        },
      ],
    });
    expect(decision.changes.map((change) => change.kind)).toEqual(['merge_received', 'interaction_attached']);
    expect(decision.evidence.thread).toEqual({
      rule: 'in_reply_to',
      matched: { kind: 'message_id', value: '<root@x>' },
      namedCaseId: older.id,
      conflicts: [],
      joined: [{ rule: 'awaited_message', kind: 'message_id', value: '<middle@x>', caseId: younger.id }],
    });
  });

  it('moves all that was said, ties the younger case to the older one, and keeps the end before what goes on', () => {
    const { effects } = decided(around(older, younger));
    expect(effects.moves).toEqual([{ fromCaseId: younger.id, toCaseId: older.id }]);
    expect(effects.links).toMatchObject([
      { fromCaseId: younger.id, toCaseId: older.id, kind: 'merged', createdBy: null },
    ]);
    expect(effects.cases.map(({ state, change }) => [state.id, change.kind])).toEqual([
      [younger.id, 'merged'],
      [older.id, 'merge_received'],
      [older.id, 'interaction_attached'],
    ]);
  });

  it('leads later messages of the merged case to the one that lives', () => {
    const snapshot = around(older, younger);
    advance(snapshot, decided(snapshot).effects);
    const reply = aMail({ messageId: '<late@x>', from: 'carol@example.org', inReplyTo: '<middle@x>' });
    expect(arrives(snapshot, reply)).toMatchObject({ outcome: 'attached', state: { id: older.id } });
  });

  it('keeps the older case also when the reply has the lower number', () => {
    const first = aCase({ number: '3' });
    expect(arrives(around(older, first))).toMatchObject({
      state: { id: first.id },
      joined: [{ state: { id: older.id, mergedIntoId: first.id } }],
    });
  });

  it('takes an owner’s open load away with the case', () => {
    const owned = aCase({ ...younger, category: 'open', assigneeId: ana.id });
    const snapshot = around(older, owned);
    const members = [{ agentId: ana.id, openLoad: 1, capacity: null, lastAssignedAt: null, away: [], skills: {} }];
    const [[id, group]] = [...snapshot.groups] as [[string, NonNullable<ReturnType<typeof snapshot.groups.get>>]];
    snapshot.groups.set(id, { ...group, members });
    advance(snapshot, decided(snapshot).effects);
    expect(snapshot.groups.get(id)?.members).toMatchObject([{ openLoad: 0 }]);
  });

  const mallory = {
    requester: { kind: 'contact', id: contactOf('mallory@example.net') },
    supplied: { name: null, email: 'mallory@example.net', phone: null },
  } as const;
  it.each<[string, CaseState, CaseState, Parameters<typeof aSnapshot>[0]?]>([
    ['an agent answered the older one', aCase({ ...older, lastAgentAt: NOW }), younger],
    ['an agent answered the younger one', older, aCase({ ...younger, lastAgentAt: NOW })],
    ['a person edited one', older, younger, { edited: [younger.id] }],
    ['one waits for somebody', older, aCase({ ...younger, category: 'pending', assigneeId: ana.id })],
    ['one is closed', older, aClosedCase({ ...aClosedCase(), id: younger.id, number: '9' })],
    ['one is in the trash', older, aCase({ ...younger, deletedAt: NOW })],
    ['one was reopened', older, aCase({ ...younger, reopenCount: 1 })],
    ['the younger one is another person’s', older, aCase({ ...younger, ...mallory })],
    [
      'the other person only says that the requester takes part',
      older,
      aCase({ ...younger, ...mallory, participants: ['email:carol@example.org'] }),
    ],
    ['the younger one is a follow-up', older, aCase({ ...younger, rootCaseId: aCaseId() })],
    [
      'the younger one has a follow-up',
      older,
      younger,
      { cases: [aCase({ rootCaseId: younger.id, followUpOfId: younger.id })] },
    ],
  ])('joins nothing when %s, and tells the conflict', (_name, one, other, more = {}) => {
    const decision = arrives(around(one, other, more));
    expect(decision).toMatchObject({ evidence: { thread: { conflicts: [{ caseId: other.id }] } } });
    expect(decision.joined).toEqual([]);
    expect(decision.changes.map((change) => change.kind)).toContain('threading_conflict');
  });

  it('joins cases of two people who take part in each other’s', () => {
    const theirs = aCase({ ...younger, ...mallory, participants: ['email:carol@example.org'] });
    const ours = aCase({ ...older, participants: ['email:mallory@example.net'] });
    expect(arrives(around(ours, theirs))).toMatchObject({ joined: [{ state: { id: theirs.id } }] });
  });

  it('joins nothing on the word of a stranger', () => {
    const mail = aMail({ messageId: '<middle@x>', from: 'mallory@example.net', inReplyTo: '<root@x>' });
    expect(arrives(around(older, younger), mail)).toMatchObject({ outcome: 'internal', joined: [] });
  });

  it('joins nothing on a word whose proof failed', () => {
    const trust = { verdict: 'fail', reason: 'dmarc=fail' } as const;
    const decision = arrives(around(older, younger), { ...middle, trust });
    expect(decision).toMatchObject({ outcome: 'attached', flags: ['failed_authentication'] });
    expect(decision.joined).toEqual([]);
  });

  it('joins both sides of a gap when a mail names them, and not two messages that are known', () => {
    const gap = { messageId: '<late@x>', from: 'carol@example.org', references: ['<middle@x>', '<root@x>'] };
    expect(arrives(around(older, younger), aMail(gap))).toMatchObject({ joined: [{ state: { id: younger.id } }] });
    const known = around(older, younger);
    known.threads.set('message_id\n<middle@x>', { caseId: younger.id, interactionId: 'i-middle' });
    const decision = arrives(known, aMail(gap));
    expect(decision).toMatchObject({ state: { id: younger.id } });
    expect(decision.joined).toEqual([]);
  });

  it('leaves what is told to the order of numbers, not of their digits', () => {
    expect(arrives(around(aCase({ number: '10' }), aCase({ number: '9' })))).toMatchObject({ state: { number: '9' } });
  });
});
