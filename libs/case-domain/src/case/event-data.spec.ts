import { describe, expect, it } from '@jest/globals';
import {
  aCase,
  aCaseId,
  aClosedCase,
  aMoment,
  anInteraction,
  aResolvedCase,
  aSnapshot,
  openingOf,
} from '#libs/testing';
import {
  type CaseNames,
  caseStateData,
  type Cause,
  changeCase,
  changesData,
  decideInteraction,
  eventData,
  type KnownPerson,
  NAMELESS,
  SYSTEM,
  toldChanges,
} from '../index.js';

const NOON = '2026-03-06T12:00:00.000Z';
const aCause = (): Cause => ({ actor: SYSTEM, interactionId: null, at: NOON, occurredAt: NOON, details: {} });

describe('what topics say of a case', () => {
  const state = aClosedCase({ participants: ['email:dan@example.org', 'follower:agent:a1', 'email:eve@example.org'] });
  const dan = { kind: 'contact', id: 'c1', name: 'Dan', email: 'dan@example.org' } as const;
  const ana = { kind: 'agent', id: 'a1', name: 'Ana', email: 'ana@acme.example' } as const;
  const names: CaseNames = {
    statuses: new Map([[state.statusId, 'Done']]),
    people: new Map<string, KnownPerson>([
      ['email:dan@example.org', dan],
      ['agent:a1', ana],
    ]),
  };

  it('names every field in snake case, with one status and a number that is one', () => {
    const data = caseStateData({ state: { ...state, number: '17' }, legalHold: true }, names);
    expect(data).toMatchObject({
      status: 'closed',
      status_label: 'Done',
      number: 17,
      closed_reason: 'auto_close',
      legal_hold: true,
    });
    expect(data).not.toHaveProperty('category');
    expect(Object.keys(data).every((name) => /^[a-z_]+$/.test(name))).toBe(true);
  });

  it('shows participants as people, as far as they are known', () => {
    const eve = { kind: 'contact', id: null, name: null, email: 'eve@example.org' };
    expect(caseStateData({ state, legalHold: false }, names)['participants']).toEqual([
      { ...dan, phone: null, role: 'cc' },
      { ...ana, phone: null, role: 'follower' },
      { ...eve, phone: null, role: 'cc' },
    ]);
  });

  it.each([
    [
      'closing what was resolved',
      aResolvedCase(),
      { closedAt: NOON, closedReason: 'auto_close' },
      'resolved',
      'closed',
    ],
    ['closing while merging', aCase(), { category: 'resolved', closedAt: NOON }, 'new', 'closed'],
    ['resolving', aCase(), { category: 'resolved', resolvedAt: NOON }, 'new', 'resolved'],
  ] as const)('tells of %s as one change of status', (_, before, fields, from, to) => {
    const { change } = changeCase(before, 'closed', fields, aCause());
    const told = changesData(change.changes).filter(({ field }) => field === 'status');
    expect(told).toEqual([{ field: 'status', from, to }]);
  });

  it.each([
    [{ on: true }, [{ field: 'legal_hold', from: false, to: true }]],
    [{ on: false }, [{ field: 'legal_hold', from: true, to: false }]],
    [{ on: true, again: true }, []],
  ])('tells of a legal hold with %j what adds up to the case', (details, told) => {
    const { change } = changeCase(aCase(), 'legal_hold_changed', {}, { ...aCause(), details });
    expect(toldChanges(change).filter(({ field }) => field === 'legal_hold')).toEqual(told);
  });

  it('tells of an event the case after it, the difference, who, and by which message', () => {
    const interaction = anInteraction();
    const id = aCaseId();
    const { state, changes } = openingOf(decideInteraction(interaction, aSnapshot(), aMoment({ newId: () => id })));
    const data = eventData({ state: { ...state, number: '17' }, legalHold: false }, changes[0]!, NAMELESS);
    expect(data).toMatchObject({
      case: { id, number: 17, version: 1, status: 'new', group_id: state.groupId },
      actor: { kind: 'contact', id: state.requester.id },
      via: { channel: 'email', from: 'carol@example.org', to: 'support@acme.example', rel: 'inbound' },
      interaction_id: interaction.id,
    });
    expect(data['changes']).toContainEqual({ field: 'status', from: null, to: 'new' });
    expect(data['case']).not.toHaveProperty('description');
  });
});
