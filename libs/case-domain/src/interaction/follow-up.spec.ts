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
  aResolvedCase,
  aSnapshot,
  groupIdOf,
  openingOf,
  outlineOf,
  type Outline,
} from '#libs/testing';
import { advance, decideInteraction, type CaseState, type Snapshot } from '../index.js';

const NOW = '2026-03-10T10:00:00.000Z';
const ana = anAgent();

function around(state: CaseState, more: Parameters<typeof aSnapshot>[0] = {}): Snapshot {
  return aSnapshot({
    agents: [ana],
    groups: [aGroup({ members: [aMember(ana)] }), aGroup({ name: 'Sales' })],
    ...more,
    cases: [state, ...(more?.cases ?? [])],
    messages: { '<root@x>': { caseId: state.id, interactionId: 'i-root' } },
  });
}

let sent = 0;
function replyTo(snapshot: Snapshot, from = 'carol@example.org'): Outline {
  const mail = aMail({ messageId: `<reply${(sent += 1)}@x>`, from, inReplyTo: '<root@x>' });
  const decision = decideInteraction(mail, snapshot, aMoment({ now: NOW }));
  advance(snapshot, decision.effects);
  return outlineOf(decision);
}

describe('a reply to a closed case', () => {
  it('39 makes a follow-up, and ten replies make one', () => {
    const closed = aClosedCase({
      tags: ['kettle'],
      customFields: { model: 'K1' },
      priority: 'urgent',
      assigneeId: ana.id,
      groupId: groupIdOf('Sales'),
      participants: ['email:dan@example.org'],
    });
    const snapshot = around(closed);
    const first = replyTo(snapshot);
    expect(first).toMatchObject({
      outcome: 'followed_up',
      relation: { kind: 'follow_up', caseId: closed.id },
      changes: [{ kind: 'follow_up_created' }],
      state: {
        followUpOfId: closed.id,
        rootCaseId: closed.id,
        via: { rel: 'follow_up' },
        tags: ['kettle'],
        customFields: { model: 'K1' },
        participants: ['email:dan@example.org'],
        priority: null,
        assigneeId: null,
        groupId: groupIdOf('Support'),
      },
    });
    const others = Array.from({ length: 9 }, () => replyTo(snapshot));
    for (const other of others) {
      expect(other).toMatchObject({ outcome: 'attached', state: { followUpOfId: closed.id } });
    }
    expect(snapshot.cases.size).toBe(2);
    expect(snapshot.cases.get(closed.id)).toBe(closed);
  });

  it('inherits owner and group when the account says so', () => {
    const closed = aClosedCase({ assigneeId: ana.id });
    const decision = replyTo(around(closed, { account: { followUpInheritAssignee: true } }));
    expect(decision).toMatchObject({ outcome: 'followed_up', state: { category: 'open', assigneeId: ana.id } });
  });

  it('of a participant makes a follow-up in which the first requester may go on', () => {
    const snapshot = around(aClosedCase({ participants: ['email:dan@example.org'] }));
    const first = replyTo(snapshot, 'dan@example.org');
    expect(first).toMatchObject({ state: { participants: ['email:carol@example.org'] } });
    expect(replyTo(snapshot)).toMatchObject({ outcome: 'attached', visibility: 'public' });
  });

  it('of anybody else makes a new case that shows nothing of the closed one', () => {
    const closed = aClosedCase({ tags: ['secret'] });
    expect(replyTo(around(closed), 'mallory@example.net')).toMatchObject({
      outcome: 'created',
      relation: { kind: 'related', caseId: closed.id },
      state: { followUpOfId: null, tags: [] },
    });
  });

  it('goes on in the newest case of the family that takes messages', () => {
    const closed = aClosedCase();
    const family = { rootCaseId: closed.id, followUpOfId: closed.id };
    const older = aCase({ ...family, createdAt: '2026-03-07T00:00:00.000Z' });
    const newer = aResolvedCase({ ...family, createdAt: '2026-03-08T00:00:00.000Z', assigneeId: ana.id });
    const newest = aClosedCase({ ...family, createdAt: '2026-03-09T00:00:00.000Z' });
    const decision = replyTo(around(closed, { cases: [older, newer, newest] }));
    expect(decision).toMatchObject({ outcome: 'reopened', state: { id: newer.id } });
  });
});

describe('the tie between a new case and the one before it', () => {
  it.each([
    ['follow_up', aClosedCase(), 'carol@example.org'],
    ['related', aClosedCase(), 'mallory@example.net'],
    ['related', aCase({ deletedAt: NOW }), 'carol@example.org'],
  ])('is %s, and stands on the side of the new one', (kind, before, from) => {
    const mail = aMail({ messageId: '<reply@x>', from, inReplyTo: '<root@x>' });
    const decision = decideInteraction(mail, around(before), aMoment({ now: NOW }));
    const { caseId } = openingOf(decision);
    expect(decision.effects.links).toMatchObject([{ fromCaseId: caseId, toCaseId: before.id, kind, createdBy: null }]);
    expect(decision.effects.cases.map(({ state }) => state.id)).toEqual([caseId]);
  });
});

describe('a reply to a resolved case that may not be reopened', () => {
  it.each([
    ['the policy is never', { reopenPolicy: 'never' as const, reopenWindowDays: null }],
    ['its window is over', { reopenPolicy: 'window' as const, reopenWindowDays: 8 }],
  ])('makes a follow-up when %s, the group’s word before the account’s', (_, policy) => {
    const resolved = aResolvedCase();
    const groups = [aGroup(policy)];
    expect(replyTo(around(resolved, { groups }))).toMatchObject({
      outcome: 'followed_up',
      relation: { kind: 'follow_up' },
    });
  });

  it('reopens to the last millisecond of its window', () => {
    const account = { reopenPolicy: 'window' as const, reopenWindowDays: 5 };
    const last = aResolvedCase({ resolvedAt: '2026-03-05T10:00:00.000Z' });
    expect(replyTo(around(last, { account }))).toMatchObject({ outcome: 'reopened' });
    const over = aResolvedCase({ resolvedAt: '2026-03-05T09:59:59.999Z' });
    expect(replyTo(around(over, { account })).outcome).toBe('followed_up');
  });
});

describe('a reply to a case that lives on elsewhere, or not at all', () => {
  it('40 goes to the case that survived the merges', () => {
    const survivor = aCase();
    const second = aClosedCase({ closedReason: 'merged', mergedIntoId: survivor.id });
    const first = aClosedCase({ closedReason: 'merged', mergedIntoId: second.id });
    const decision = replyTo(around(first, { cases: [second, survivor] }));
    expect(decision).toMatchObject({ outcome: 'attached', state: { id: survivor.id } });
    expect(decision.evidence.thread).toMatchObject({ namedCaseId: first.id, conflicts: [] });
  });

  it('41 makes a new related case when it is in the trash', () => {
    const trashed = aCase({ deletedAt: NOW, groupId: groupIdOf('Sales') });
    expect(replyTo(around(trashed))).toMatchObject({
      outcome: 'created',
      relation: { kind: 'related', caseId: trashed.id },
      state: { followUpOfId: null, groupId: groupIdOf('Support') },
    });
    const mail = aMail({ messageId: '<token@x>' }, { references: [aCaseReference(trashed.id)] });
    const byToken = openingOf(decideInteraction(mail, around(trashed), aMoment({ now: NOW })));
    expect(byToken).toMatchObject({ state: { groupId: groupIdOf('Sales') } });
  });
});
