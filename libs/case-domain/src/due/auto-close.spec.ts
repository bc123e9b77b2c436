import { describe, expect, it } from '@jest/globals';
import { aCase, aClosedCase, anAccount, aResolvedCase } from '#libs/testing';
import { applyChange, closeDue } from '../index.js';

const account = anAccount({ resolvedAutoCloseDays: 5 });
const due = '2026-03-06T12:00:00.000Z';

describe('closing by itself', () => {
  it('9 happens exactly at N x 24 h, and not a millisecond or a second before', () => {
    const state = aResolvedCase({ resolvedAt: '2026-03-01T12:00:00.000Z' });
    expect(closeDue(state, account, '2026-03-06T11:59:59.000Z')).toBeNull();
    expect(closeDue(state, account, '2026-03-06T11:59:59.999Z')).toBeNull();
    const closed = closeDue(state, account, due)!;
    expect(closed.change).toMatchObject({
      kind: 'closed',
      actor: { kind: 'automation' },
      interactionId: null,
      at: due,
      occurredAt: due,
    });
    const after = {
      ...state,
      closedAt: due,
      closedReason: 'auto_close',
      version: state.version + 1,
      updatedAt: due,
    };
    expect(applyChange(state, closed.change)).toEqual(after);
    expect(closed.state).toEqual(after);
  });

  it('shows the account’s status for closed cases when there is one', () => {
    const closed = closeDue(aResolvedCase(), { ...account, closedStatusId: 'status-closed' }, due);
    expect(closed?.change.changes).toContainEqual(expect.objectContaining({ field: 'statusId', to: 'status-closed' }));
  });

  it('16 leaves alone what is excluded, closed, deleted, not resolved, or never to be closed', () => {
    expect(closeDue(aResolvedCase({ excludeFromAutoClose: true }), account, due)).toBeNull();
    expect(closeDue(aClosedCase(), account, '2027-01-01T00:00:00.000Z')).toBeNull();
    expect(closeDue(aResolvedCase({ deletedAt: due }), account, due)).toBeNull();
    expect(closeDue(aCase(), account, due)).toBeNull();
    expect(closeDue(aResolvedCase(), { ...account, resolvedAutoCloseDays: null }, due)).toBeNull();
  });
});
