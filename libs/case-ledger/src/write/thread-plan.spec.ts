import { describe, expect, it } from '@jest/globals';
import { ThreadPlan } from './thread-plan.js';

const name = { kind: 'message_id', value: 'root@example.org' };

describe('ThreadPlan', () => {
  it('gives an awaited name its bearer in one row', () => {
    const plan = new ThreadPlan();
    plan.add([{ ...name, caseId: 'a', interactionId: null }]);
    plan.add([{ ...name, caseId: 'a', interactionId: 'i' }]);
    expect(plan.rows()).toEqual([{ ...name, caseId: 'a', interactionId: 'i' }]);
  });

  it('takes a name away neither from its case nor from its bearer', () => {
    const plan = new ThreadPlan();
    plan.add([{ ...name, caseId: 'a', interactionId: 'i' }]);
    plan.add([{ ...name, caseId: 'b', interactionId: 'j' }]);
    plan.add([{ ...name, caseId: 'a', interactionId: 'k' }]);
    expect(plan.rows()).toEqual([{ ...name, caseId: 'a', interactionId: 'i' }]);
  });
});
