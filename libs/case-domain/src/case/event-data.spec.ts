import { describe, expect, it } from '@jest/globals';
import { aCaseId, aClosedCase, aMoment, anInteraction, aSnapshot, openingOf } from '#libs/testing';
import { caseStateData, decideInteraction, eventData } from '../index.js';

describe('what topics say of a case', () => {
  it('names every field in snake case, with the six-valued status of older clients', () => {
    const data = caseStateData(aClosedCase());
    expect(data).toMatchObject({ legacy_status: 'closed', status_category: 'resolved', closed_reason: 'auto_close' });
    expect(Object.keys(data).every((name) => /^[a-z_]+$/.test(name))).toBe(true);
  });

  it('tells of an event the case after it, the difference, who, and by which message', () => {
    const interaction = anInteraction();
    const id = aCaseId();
    const { state, changes } = openingOf(decideInteraction(interaction, aSnapshot(), aMoment({ newId: () => id })));
    const data = eventData({ ...state, number: '17' }, changes[0]!);
    expect(data).toMatchObject({
      case: { id, number: '17', version: 1, legacy_status: 'new', group_id: state.groupId },
      actor: { kind: 'contact', id: state.requester.id },
      via: { channel: 'email', from: 'carol@example.org', to: 'support@acme.example', rel: 'inbound' },
      interaction_id: interaction.id,
    });
    expect(data['changes']).toContainEqual({ field: 'status_category', from: null, to: 'new' });
    expect(data['case']).not.toHaveProperty('description');
  });
});
