import { describe, expect, it } from '@jest/globals';
import {
  aCase,
  aGroup,
  aMember,
  aMoment,
  anAgent,
  anAssignmentRule,
  anEndpoint,
  anInteraction,
  aSnapshot,
  contactOf,
  groupIdOf,
  openingOf,
  someAssignmentRules,
  SUPPORT_ID,
} from '#libs/testing';
import type { Interaction } from '#libs/interaction';
import { type AssignmentRule, type Condition, decideInteraction, type Snapshot } from '../index.js';

const ana = anAgent({ email: 'ana@acme.example' });
const ben = anAgent({ email: 'ben@acme.example' });
const both = [aMember(ana), aMember(ben)];
const SUPPORT = aGroup({ members: both });
const NIGHT = aGroup({ name: 'Night', members: [aMember(ben)] });
const is = (field: string, value: string | number | boolean): Condition => ({ field, op: 'is', value });
const sos: Condition = { field: 'interaction.words', op: 'contains', value: 'sos' };

function world(rules: readonly AssignmentRule[], more: Parameters<typeof aSnapshot>[0] = {}): Snapshot {
  return aSnapshot({
    agents: [ana, ben],
    groups: [SUPPORT, NIGHT],
    assignmentRules: someAssignmentRules(rules),
    ...more,
  });
}

function opened(rules: readonly AssignmentRule[], given: Partial<Interaction> = {}, more = {}) {
  const decision = decideInteraction(anInteraction(given), world(rules, more), aMoment());
  const { state, evidence, change } = { change: decision.effects.cases[0]?.change, ...openingOf(decision) };
  return { state, evidence, details: change?.details ?? {} };
}

describe('an assignment rule', () => {
  it('gives group, assignee, priority, type and tags, and says so in the evidence and on the event', () => {
    const rule = anAssignmentRule('SOS', {
      conditions: [sos],
      actions: { groupId: NIGHT.id, assigneeId: ben.id, priority: 'urgent', type: 'question', tagsAdd: ['sos'] },
    });
    const { state, evidence, details } = opened([rule], { content: { subject: 'SOS!', text: '', attachments: [] } });
    expect(state).toMatchObject({
      groupId: NIGHT.id,
      assigneeId: ben.id,
      category: 'open',
      priority: 'urgent',
      type: 'question',
      tags: ['sos'],
    });
    expect(evidence.group).toEqual({ rule: 'assignment_rule', groupId: NIGHT.id });
    expect(evidence.assignment).toMatchObject({ rule: 'A4' });
    const applied = ['group_id', 'assignee_id', 'priority', 'type', 'tags_add'];
    expect(evidence.rules).toEqual([
      {
        id: rule.id,
        name: 'SOS',
        holds: true,
        conditions: [{ pointer: '/conditions/0', field: 'interaction.words', op: 'contains', holds: true }],
        applied,
      },
    ]);
    expect(details).toMatchObject({ rules: [{ id: rule.id, name: 'SOS', applied, skipped: [] }] });
  });

  it('that does not hold leaves the case as it is, and says what kept it from it', () => {
    const rule = anAssignmentRule('calls', {
      conditions: [is('interaction.channel', 'call')],
      actions: { priority: 'urgent' },
    });
    const { state, evidence, details } = opened([rule]);
    expect(state).toMatchObject({ groupId: SUPPORT_ID, priority: null });
    expect(evidence.rules).toEqual([
      {
        id: rule.id,
        name: 'calls',
        holds: false,
        conditions: [
          { pointer: '/conditions/0', field: 'interaction.channel', op: 'is', holds: false, value: 'email' },
        ],
      },
    ]);
    expect(details).not.toHaveProperty('rules');
  });

  it('of an account without any is not in the evidence', () => {
    expect(opened([]).evidence).not.toHaveProperty('rules');
  });

  it('notes nothing that people said or are called', () => {
    const fields = [
      'subject',
      'interaction.text',
      'interaction.sender',
      'interaction.sender_domain',
      'requester.email_domain',
    ];
    const conditions = fields.map((field): Condition => ({ field, op: 'present' }));
    const { evidence } = opened([anAssignmentRule('all', { conditions, actions: { priority: 'low' } })]);
    expect(JSON.stringify(evidence.rules)).not.toMatch(/carol|kettle|heat|example\.org/);
    expect(evidence.rules?.[0]?.conditions.every(({ holds }) => holds)).toBe(true);
  });
});

describe('59 order A0…A7: A4', () => {
  const named = anAssignmentRule('Ben', { actions: { assigneeId: ben.id } });
  const sticky = {
    identities: { 'carol@example.org': {} },
    sticky: {
      [`${contactOf('carol@example.org')}\n${SUPPORT_ID}`]: { agentId: ana.id, at: '2026-03-01T10:00:00.000Z' },
    },
  };

  it('59 a rule (A4) beats who looked after the requester last (A5) and the strategy (A6)', () => {
    const groups = [aGroup({ members: both, strategy: 'round_robin' })];
    expect(opened([], {}, { ...sticky, groups })).toMatchObject({
      state: { assigneeId: ana.id },
      evidence: { assignment: { rule: 'A5' } },
    });
    expect(opened([named], {}, { ...sticky, groups })).toMatchObject({
      state: { assigneeId: ben.id },
      evidence: { assignment: { rule: 'A4', chosenBecause: 'named by an assignment rule' } },
    });
  });

  it('59 a rule (A4) looks at no load', () => {
    const full = aGroup({ members: [aMember(ben, { capacity: 1, openLoad: 5 })] });
    expect(opened([named], {}, { groups: [full] }).state.assigneeId).toBe(ben.id);
  });

  it('59 who talked with the customer (A2) beats a rule (A4)', () => {
    const talker = { agent: { email: ana.email }, from: '2026-03-02T09:00:10.000Z', until: '2026-03-02T09:01:00.000Z' };
    const call: Partial<Interaction> = {
      channel: 'call',
      source: 'call_inbound',
      occasion: 'call_inbound_answered',
      outcome: 'answered',
      talkers: [talker],
      endpoint: { kind: 'phone_number', address: '+351210000000' },
      sender: { kind: 'phone', value: '+351911111111' },
      recipients: [],
    };
    const lines = { '+351210000000': anEndpoint('+351210000000') };
    const { state, evidence } = opened([named], call, { lines });
    expect(state.assigneeId).toBe(ana.id);
    expect(evidence.assignment?.rule).toBe('A2');
    expect(evidence.rules?.[0]).toMatchObject({ skipped: [{ action: 'assignee_id', because: 'other_assignee' }] });
  });

  it('59 the owner of a case that reopens (A3) beats a rule (A4), which beats who looked after the requester (A5)', () => {
    const resolved = (assigneeId: string | null) =>
      aCase({
        category: 'resolved',
        resolution: 'x',
        resolvedAt: '2026-03-02T08:00:00.000Z',
        assigneeId,
        requester: { kind: 'contact', id: contactOf('carol@example.org') },
      });
    const reopen = (assigneeId: string | null) => {
      const state = resolved(assigneeId);
      const messages = { '<first@x>': { caseId: state.id, interactionId: 'i' } };
      const reply = anInteraction({ references: [{ kind: 'message_id', value: '<first@x>', via: 'in_reply_to' }] });
      const decision = decideInteraction(reply, world([named], { ...sticky, cases: [state], messages }), aMoment());
      return { after: decision.effects.cases[0]?.state, evidence: decision.evidence };
    };
    expect(reopen(ana.id)).toMatchObject({ after: { assigneeId: ana.id }, evidence: { assignment: { rule: 'A3' } } });
    const { after, evidence } = reopen(null);
    expect(after).toMatchObject({ assigneeId: ben.id, category: 'open' });
    expect(evidence).toMatchObject({ assignment: { rule: 'A4' }, rules: [{ applied: ['assignee_id'] }] });
  });

  it('an agent who is no member of the group, or not active, is passed over', () => {
    const outside = anAssignmentRule('Ana at night', { actions: { groupId: NIGHT.id, assigneeId: ana.id } });
    const at = opened([outside]);
    expect(at.state).toMatchObject({ groupId: NIGHT.id, assigneeId: null });
    expect(at.evidence.rules?.[0]?.skipped).toEqual([{ action: 'assignee_id', because: 'not_in_group' }]);
    const gone = opened([named], {}, { agents: [ana, { ...ben, active: false }] });
    expect(gone.state.assigneeId).toBeNull();
    expect(gone.evidence.rules?.[0]?.skipped).toEqual([{ action: 'assignee_id', because: 'inactive' }]);
  });

  it('a rule may have a group choose by another strategy than its own', () => {
    const rule = anAssignmentRule('in turn', { actions: { strategy: 'round_robin' } });
    expect(opened([rule])).toMatchObject({
      state: { category: 'open' },
      evidence: { assignment: { rule: 'A6', strategy: 'round_robin' }, rules: [{ applied: ['strategy'] }] },
    });
    expect(opened([]).state.assigneeId).toBeNull();
  });
});

describe('the group of a rule', () => {
  const night = anAssignmentRule('night', { actions: { groupId: NIGHT.id } });

  it('counts more than the endpoint’s, and less than that of the case that a token names', () => {
    expect(opened([night]).state.groupId).toBe(NIGHT.id);
    const trashed = aCase({ groupId: SUPPORT_ID, deletedAt: '2026-03-01T00:00:00.000Z' });
    const reply = { references: [{ kind: 'case', value: trashed.id, via: 'recipient_token' }] } as Partial<Interaction>;
    const { state, evidence } = opened([night], reply, { cases: [trashed] });
    expect(evidence.group).toEqual({ rule: 'case_of_token', groupId: SUPPORT_ID });
    expect(state.groupId).toBe(SUPPORT_ID);
    expect(evidence.rules?.[0]?.skipped).toEqual([{ action: 'group_id', because: 'other_group' }]);
  });

  it('that is switched off is passed over', () => {
    const groups = [SUPPORT, { ...NIGHT, active: false }];
    const { state, evidence } = opened([night], {}, { groups });
    expect(state.groupId).toBe(SUPPORT_ID);
    expect(evidence.rules?.[0]?.skipped).toEqual([{ action: 'group_id', because: 'inactive' }]);
  });

  it.each([
    ['2026-03-02T09:00:00.000Z', 'Support'],
    ['2026-03-02T18:00:00.000Z', 'Night'],
    ['2026-03-01T12:00:00.000Z', 'Night'],
    ['2026-12-25T12:00:00.000Z', 'Night'],
  ])('outside of business hours, at %s: %s', (occurredAt, name) => {
    const outside = anAssignmentRule('closed', {
      conditions: [{ field: 'time.business_hours_of', op: 'is_not', value: SUPPORT_ID }],
      actions: { groupId: NIGHT.id },
    });
    const week = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, from: '09:00', to: '18:00' }];
    const own = { timeZone: 'Europe/Lisbon', week, holidays: [{ date: '12-25', name: '' }] };
    const rules = someAssignmentRules([outside], { groups: new Map([[SUPPORT_ID, own]]) });
    expect(opened([], { occurredAt }, { assignmentRules: rules }).state.groupId).toBe(groupIdOf(name));
  });
});
