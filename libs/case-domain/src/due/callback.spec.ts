import { describe, expect, it } from '@jest/globals';
import { aCase, aClosedCase, aResolvedCase, aSnapshot, instantAt } from '#libs/testing';
import type { CaseState } from '../case/case-state.js';
import { callbackDue } from './callback.js';

const NAMES = { interactionId: 'i-1', eventId: 'e-1' };

function told(state: CaseState, hasCalled = false) {
  const due = { due: 'callback', caseId: state.id, hasCalled, ...NAMES } as const;
  return callbackDue(due, aSnapshot({ cases: [state] }), instantAt(0));
}

describe('a callback that is due', () => {
  it('is told in its case, and told once', () => {
    const { verdict, effects } = told(aCase());
    expect(verdict.outcome).toBe('callback_told');
    expect(effects.cases).toMatchObject([{ change: { kind: 'callback_due', actor: { kind: 'automation' } } }]);
    expect(effects.toldCallbacks).toEqual([NAMES]);
  });

  it.each([
    ['somebody has called since', aCase(), true],
    ['its case is resolved', aResolvedCase(), false],
    ['its case is closed', aClosedCase(), false],
    ['its case is in the trash', aCase({ deletedAt: instantAt(0) }), false],
  ])('is put aside where %s', (_, state, hasCalled) => {
    const { verdict, effects } = told(state, hasCalled);
    expect([verdict.outcome, effects.cases, effects.toldCallbacks]).toEqual(['not_due', [], [NAMES]]);
  });
});
