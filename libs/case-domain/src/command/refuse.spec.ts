import { describe, expect, it } from '@jest/globals';
import { aCase, anUpdate, byId, afterCommand as after, faultsOf, anOwnedCase as owned, refusalOf } from '#libs/testing';

describe('what is refused', () => {
  it('is a case that is unknown, purged, or of another version than was seen', () => {
    const state = owned({ version: 7 });
    const parts = { cases: [state], purged: ['gone', '12'] };
    expect(refusalOf(anUpdate('nowhere', {}), parts).code).toBe('not-found');
    expect(refusalOf(anUpdate('gone', {}), parts).code).toBe('purged');
    expect(refusalOf(anUpdate('', {}, { target: { by: 'number', value: '12' } }), parts).code).toBe('purged');
    const stale = refusalOf(anUpdate(state.id, { priority: 'low' }, { expected: [6, 8] }), parts);
    expect(stale).toMatchObject({ code: 'version-mismatch', currentVersion: 7, caseId: state.id });
    expect(refusalOf(anUpdate(state.id, {}, { expected: 'missing' }), parts).code).toBe('precondition-required');
    for (const expected of [[7, 9], 'any', null] as const) {
      expect(after(anUpdate(state.id, { priority: 'low' }, { expected }), parts).version).toBe(8);
    }
  });

  it('names everything that is wrong at once, what the reading found too, and each part once', () => {
    const state = aCase();
    const faults = [{ pointer: '/assignee_id', code: 'invalid', detail: 'No id.' }];
    const command = anUpdate(state.id, { status: 'open', type: 'task', groupId: byId('nowhere') }, { faults });
    expect(faultsOf(command, { cases: [state] }).sort()).toEqual([
      '/assignee_id invalid',
      '/due_on due-date-required',
      '/group_id unknown-group',
    ]);
    expect(refusalOf(anUpdate('nowhere', {}, { faults }), { cases: [state] }).code).toBe('not-found');
  });
});
