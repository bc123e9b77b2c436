import { describe, expect, it } from '@jest/globals';
import {
  aGroup,
  aMember,
  aMoment,
  anAgent,
  anAssignmentRule,
  anInteraction,
  aSnapshot,
  contactOf,
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

describe('conditions', () => {
  const contactId = contactOf('carol@example.org');
  const traits = { kind: 'person', company: 'Acme Ltd', locale: 'pt-PT', customFields: { tier: 'gold' } } as const;
  const known = { identities: { 'carol@example.org': {} }, contactTraits: { [contactId]: traits } };
  const attachment = { sha256: 'a'.repeat(64), size: 1, mediaType: 'image/png', name: 'a.png' };

  it.each<[Condition, Partial<Interaction>, boolean]>([
    [is('requester.known', true), {}, true],
    [is('requester.company', 'acme ltd'), {}, true],
    [is('requester.locale', 'pt-pt'), {}, true],
    [is('requester.custom_fields.tier', 'gold'), {}, true],
    [{ field: 'requester.custom_fields.level', op: 'absent' }, {}, true],
    [is('requester.kind', 'person'), {}, true],
    [is('requester.email_domain', 'example.org'), {}, true],
    [is('interaction.sender_domain', 'example'), {}, false],
    [is('requester.known', false), { sender: { kind: 'email', value: 'new@example.org' } }, true],
    [is('interaction.sender', 'Carol@Example.org'), {}, true],
    [{ field: 'interaction.recipients', op: 'contains', value: 'support@acme.example' }, {}, true],
    [is('interaction.has_attachment', false), {}, true],
    [
      is('interaction.has_attachment', false),
      { content: { subject: '', text: '', attachments: [{ ...attachment, inline: true }] } },
      true,
    ],
    [
      is('interaction.has_attachment', true),
      { content: { subject: '', text: '', attachments: [{ ...attachment, inline: false }] } },
      true,
    ],
    [is('endpoint.address', 'support@acme.example'), {}, true],
    [is('endpoint.group_id', SUPPORT_ID), {}, true],
    [is('source', 'email'), {}, true],
    [is('time.weekday', 'mon'), {}, true],
    [is('time.hour', 9), {}, true],
    [is('time.date', '2026-03-02'), {}, true],
    [{ field: 'priority', op: 'less_than', value: 'low' }, {}, true],
    [{ field: 'priority', op: 'at_least', value: 'high' }, { flags: ['urgent'] }, true],
    [{ field: 'interaction.flags', op: 'contains', value: 'urgent' }, { flags: ['urgent'] }, true],
    [{ field: 'subject', op: 'contains', value: 'KETTLE' }, {}, true],
  ])('%j of %j: %s', (condition, given, holds) => {
    const rule = anAssignmentRule('asked', { conditions: [condition], actions: { priority: 'low' } });
    expect(opened([rule], given, known).evidence.rules?.[0]?.holds).toBe(holds);
  });
});
