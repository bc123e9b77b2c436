import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aCase, aClosedCase, aMerge, aMoment, aResolvedCase, teamSnapshot } from '#libs/testing';
import { advance, applyChange, type CaseState, decideCommand, type Snapshot, survivorOf } from '../index.js';

const CASES = 8;
const place = fc.nat(CASES - 1);
const idOf = (index: number): string => `0199a3c2-6f5e-7c1d-9b7a-${String(index).padStart(12, '0')}`;

/** Cases of two people, some of them resolved, closed or part of another one, with messages in them. */
const aFolder = fc
  .array(
    fc.record({
      make: fc.constantFrom(aCase, aCase, aCase, aResolvedCase, aResolvedCase, aClosedCase),
      messages: fc.nat(9),
      who: fc.boolean(),
      parent: fc.option(place, { freq: 4 }),
    }),
    { minLength: CASES, maxLength: CASES },
  )
  .map((kinds) =>
    kinds.map(({ make, messages, who, parent }, index) => {
      const id = idOf(index);
      const requester = { kind: 'contact', id: idOf(who ? 100 : 101) } as const;
      const isPart = parent !== null && parent < index && kinds[parent]?.parent === null;
      const parentId = isPart ? idOf(parent) : null;
      return make({ id, rootCaseId: id, number: String(index + 1), interactionCount: messages, requester, parentId });
    }),
  );
const aStep = fc.record({
  main: place,
  sources: fc.array(place, { minLength: 1, maxLength: 4 }),
  confirmCrossRequester: fc.boolean(),
  addParticipants: fc.boolean(),
});

/** Merges, and returns whether that was done; each change follows from the case before it. */
function merge(snapshot: Snapshot, { main, sources, ...said }: typeof aStep extends fc.Arbitrary<infer T> ? T : never) {
  const decided = decideCommand(aMerge(idOf(main), sources.map(idOf), said), snapshot, aMoment());
  if ('code' in decided) {
    return false;
  }
  for (const { state, change } of decided.effects.cases) {
    const before = snapshot.cases.get(state.id) as CaseState;
    expect(before.closedAt).toBeNull();
    expect(applyChange(before, change)).toEqual(state);
    advance(snapshot, { ...decided.effects, cases: [{ state, change }] });
  }
  return decided.verdict.outcome === 'done';
}

/** Follows a merged case to its end, each step by itself; fails on a circle. */
function endOf({ cases }: Snapshot, id: string): CaseState {
  const seen = new Set<string>();
  let state = cases.get(id) as CaseState;
  while (state.mergedIntoId !== null) {
    expect(seen.has(state.id)).toBe(false);
    seen.add(state.id);
    state = cases.get(state.mergedIntoId) as CaseState;
  }
  return state;
}

it('I-18 every chain of merges ends in a case that was not merged, without a circle, and no message is lost', () => {
  let [done, chained] = [0, 0];
  fc.assert(
    fc.property(aFolder, fc.array(aStep, { maxLength: 20, size: 'max' }), (folder, steps) => {
      const snapshot = teamSnapshot({ cases: folder });
      for (const step of steps) {
        done += merge(snapshot, step) ? 1 : 0;
      }
      for (const { id, interactionCount } of folder) {
        const after = snapshot.cases.get(id);
        const end = endOf(snapshot, id);
        expect(after?.interactionCount).toBe(interactionCount);
        expect(survivorOf(id, snapshot)).toBe(end);
        // A part that closes with its parent goes on nowhere.
        expect(end.closedReason === 'merged' && end.parentId === null).toBe(false);
        expect(after?.mergedIntoId === null || after?.closedReason === 'merged').toBe(true);
        chained += after?.mergedIntoId !== null && after?.mergedIntoId !== end.id ? 1 : 0;
      }
    }),
    { numRuns: 300 },
  );
  expect(done).toBeGreaterThan(300);
  expect(chained).toBeGreaterThan(20);
});
