import { describe, expect, it } from '@jest/globals';
import { beginCase, type CaseState, changeCase, type Changed, effectsOf, SYSTEM } from '#libs/case-domain';
import { aCase } from '#libs/testing';
import { EffectsPlan } from './plan-effects.js';

const NOW = '2026-03-02T10:00:00.000Z';
const CAUSE = { actor: SYSTEM, interactionId: null, at: NOW, occurredAt: NOW, details: {} };
const opened = (overrides: Partial<CaseState> = {}): Changed =>
  beginCase(aCase({ number: null, ...overrides }), 'created', CAUSE);
const tagged = ({ state }: { readonly state: CaseState }, ...tags: string[]): Changed =>
  changeCase(state, 'status_changed', { tags }, CAUSE);

/** A plan that gives the numbers 7, 8, 9 … */
function aPlan(...loaded: CaseState[]): EffectsPlan {
  let number = 6;
  const take = () => (number += 1).toString();
  return new EffectsPlan(new Map(loaded.map((state) => [state.id, state])), { take });
}

/** What the events say about the number of their case. */
const numbersIn = (plan: EffectsPlan): unknown[] =>
  plan.rows().events.map(({ changes }) => {
    const fields = JSON.parse(changes) as { field: string; from: unknown; to: unknown }[];
    return fields.find(({ field }) => field === 'number')?.to;
  });

describe('EffectsPlan', () => {
  it('numbers the cases that are opened in their order, and says so in their first event alone', () => {
    const plan = aPlan();
    const [one, other] = [opened(), opened()];
    const names = plan.add(effectsOf({ cases: [one, tagged(one, 'a')] }));
    plan.add(effectsOf({ cases: [other] }));
    expect(names).toEqual([
      { caseId: one.state.id, seq: 1 },
      { caseId: one.state.id, seq: 2 },
    ]);
    expect(numbersIn(plan)).toEqual(['7', undefined, '8']);
    expect(plan.rows().inserted).toEqual([
      { ...tagged(one, 'a').state, number: '7' },
      { ...other.state, number: '8' },
    ]);
    expect(plan.rows().updated).toEqual([]);
  });

  it('writes a case that was loaded once, as it is after its last change, and takes no number for it', () => {
    const loaded = aCase({ number: '3' });
    const plan = aPlan(loaded);
    const first = tagged({ state: loaded }, 'a');
    plan.add(effectsOf({ cases: [first] }));
    plan.add(effectsOf({ cases: [tagged(first, 'a', 'b')] }));
    const { inserted, updated, events } = plan.rows();
    expect([inserted, updated.map(({ tags, version, number }) => ({ tags, version, number }))]).toEqual([
      [],
      [{ tags: ['a', 'b'], version: 3, number: '3' }],
    ]);
    expect(events.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(numbersIn(plan)).toEqual([undefined, undefined]);
  });

  it('moves what was said to where a chain of merges ends, whatever was merged first', () => {
    const plan = aPlan();
    plan.add(effectsOf({ moves: [{ fromCaseId: 'a', toCaseId: 'b' }] }));
    plan.add(effectsOf({ moves: [{ fromCaseId: 'c', toCaseId: 'b' }] }));
    plan.add(effectsOf({ moves: [{ fromCaseId: 'b', toCaseId: 'd' }] }));
    expect(plan.rows().moves).toEqual([
      { fromCaseId: 'a', toCaseId: 'd' },
      { fromCaseId: 'c', toCaseId: 'd' },
      { fromCaseId: 'b', toCaseId: 'd' },
    ]);
    expect([plan.survivorOf('a'), plan.survivorOf('d'), plan.survivorOf('elsewhere')]).toEqual(['d', 'd', 'elsewhere']);
  });

  it('keeps the last turn of each member of a group', () => {
    const turn = (groupId: string, agentId: string, second: number) => {
      return { groupId, agentId, at: `2026-03-02T10:00:0${second}.000Z` };
    };
    const plan = aPlan();
    plan.add(effectsOf({ turns: [turn('support', 'ana', 1), turn('support', 'ben', 2), turn('sales', 'ana', 3)] }));
    plan.add(effectsOf({ turns: [turn('support', 'ana', 4)] }));
    expect(plan.rows().turns).toEqual([turn('support', 'ana', 4), turn('support', 'ben', 2), turn('sales', 'ana', 3)]);
  });

  it('tells what begins to wait from what has been settled, in their order', () => {
    const plan = aPlan();
    const word = { by: 'a person', note: null };
    plan.add(
      effectsOf({
        suspensions: [
          { change: 'opened', interactionId: 'one', reason: 'spoofed_sender' },
          { change: 'released', interactionId: 'two', ...word },
          { change: 'rejected', interactionId: 'three', ...word, note: 'phishing' },
        ],
      }),
    );
    expect(plan.rows().suspended).toEqual([{ interactionId: 'one', reason: 'spoofed_sender' }]);
    expect(plan.rows().settled).toEqual([
      { interactionId: 'two', state: 'released', by: 'a person', note: null },
      { interactionId: 'three', state: 'rejected', by: 'a person', note: 'phishing' },
    ]);
  });

  it('names in an event the one that it follows from', () => {
    const loaded = aCase();
    const plan = aPlan(loaded);
    plan.add(effectsOf({ cases: [changeCase(loaded, 'closed', {}, { ...CAUSE, causeEventId: 'the cause' })] }));
    plan.add(effectsOf({ cases: [opened()] }));
    expect(plan.rows().events.map(({ causeEventId }) => causeEventId)).toEqual(['the cause', null]);
  });
});
