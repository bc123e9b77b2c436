import { describe, expect, it } from '@jest/globals';
import { aCase, aMoment, aSnapshot } from '#libs/testing';
import {
  changeCase,
  type CaseState,
  type Consequence,
  consequencesOf,
  type Effects,
  effectsOf,
  NO_EFFECTS,
  NO_NEEDS,
  type NeedsMore,
  type Snapshot,
  SYSTEM,
} from '../index.js';

const MOMENT = aMoment();
const ROUNDS = 25;

/** A change of the case as it is now. */
function tag(snapshot: Snapshot, id: string, name: string): Effects {
  const state = snapshot.cases.get(id);
  if (state === undefined) {
    throw new Error(`no case ${id}`);
  }
  const cause = { actor: SYSTEM, interactionId: null, at: MOMENT.now, occurredAt: MOMENT.now, details: {} };
  return effectsOf({ cases: [changeCase(state, 'status_changed', { tags: [...state.tags, name] }, cause)] });
}

const lastTag = ({ cases }: Effects): string | undefined => cases.at(-1)?.state.tags.at(-1);

/** Tags the case with `to` when it was tagged with `from`. */
const follows =
  (id: string, from: string, to: string): Consequence =>
  (effects, snapshot) =>
    lastTag(effects) === from ? tag(snapshot, id, to) : NO_EFFECTS;

/** Tags with 2 after 1, with 3 after 2 … up to the last. */
const counting =
  (id: string, last: number): Consequence =>
  (effects, snapshot) => {
    const next = Number(lastTag(effects)) + 1;
    return next <= last ? tag(snapshot, id, next.toString()) : NO_EFFECTS;
  };

interface World {
  readonly state: CaseState;
  readonly snapshot: Snapshot;
  /** Tags the case as a decision does, and gives what follows. */
  decide(name: string, ...rules: Consequence[]): Effects | NeedsMore;
}

function aWorld(): World {
  const state = aCase();
  const snapshot = aSnapshot({ cases: [state] });
  return {
    state,
    snapshot,
    decide: (name, ...rules) => {
      const decided = tag(snapshot, state.id, name);
      snapshot.cases.set(state.id, decided.cases[0]?.state ?? state);
      return consequencesOf(decided, snapshot, MOMENT, rules);
    },
  };
}

const tagsTold = (effects: Effects | NeedsMore): (string | undefined)[] =>
  'needs' in effects ? [] : effects.cases.map(({ state }) => state.tags.at(-1));

describe('consequences', () => {
  it('are none without rules, and none of what has no effect', () => {
    const { snapshot } = aWorld();
    const effects = effectsOf({ moves: [{ fromCaseId: 'a', toCaseId: 'b' }] });
    expect(consequencesOf(effects, snapshot, MOMENT, [])).toBe(effects);
    const never: Consequence = () => {
      throw new Error('nobody has to ask');
    };
    expect(consequencesOf(NO_EFFECTS, snapshot, MOMENT, [never])).toBe(NO_EFFECTS);
  });

  it('come after the decision, rule by rule and round by round, and the snapshot is past all of them', () => {
    const { state, snapshot, decide } = aWorld();
    const rules = [follows(state.id, 'b', 'd'), follows(state.id, 'a', 'b'), follows(state.id, 'b', 'c')];
    const effects = decide('a', ...rules);
    // The second rule acts on what was decided; the first and the third on what that did.
    expect(tagsTold(effects)).toEqual(['a', 'b', 'd', 'c']);
    expect(snapshot.cases.get(state.id)?.tags).toEqual(['a', 'b', 'd', 'c']);
    expect(snapshot.cases.get(state.id)?.version).toBe(state.version + 4);
  });

  it('are given to each rule as they were before its round, and the snapshot as the rule before it left it', () => {
    const { state, snapshot, decide } = aWorld();
    const seen: [string | undefined, string | undefined][] = [];
    const watching: Consequence = (effects) => {
      seen.push([lastTag(effects), snapshot.cases.get(state.id)?.tags.at(-1)]);
      return NO_EFFECTS;
    };
    decide('a', follows(state.id, 'a', 'b'), watching);
    expect(seen).toEqual([
      ['a', 'b'],
      ['b', 'b'],
    ]);
  });

  it('may follow from each other for as long as they come to an end', () => {
    const { state, decide } = aWorld();
    expect(tagsTold(decide('1', counting(state.id, ROUNDS)))).toHaveLength(ROUNDS);
  });

  it.each([
    ['a chain that is longer than any should be', (id: string) => counting(id, ROUNDS + 1)],
    [
      'a circle',
      (id: string): Consequence =>
        (_, snapshot) =>
          tag(snapshot, id, 'again'),
    ],
  ])('end in an error: %s', (_, rule) => {
    const { state, decide } = aWorld();
    let asked = 0;
    const counted: Consequence = (...given) => {
      asked += 1;
      return rule(state.id)(...given);
    };
    expect(() => decide('1', counted)).toThrow(`did not end after ${ROUNDS} rounds`);
    expect(asked).toBe(ROUNDS);
  });

  it('wait for what rules need beside what is locked, and all of a round say it at once', () => {
    const { state, decide } = aWorld();
    const wanting =
      (id: string, at: string): Consequence =>
      (effects) =>
        lastTag(effects) === at ? { needs: { ...NO_NEEDS, cases: new Set([id]) } } : NO_EFFECTS;
    const rules = [wanting('one', 'b'), follows(state.id, 'a', 'b'), wanting('other', 'b'), wanting('late', 'c')];
    expect(decide('a', ...rules, follows(state.id, 'b', 'c'))).toEqual({
      needs: { ...NO_NEEDS, cases: new Set(['one', 'other']) },
    });
  });
});
