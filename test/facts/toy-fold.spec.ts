import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Interaction } from '#libs/interaction';
import { checkInteraction } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import type { ToyFact } from './toy-call.js';
import { aToyCall, aToyNote } from './toy-calls.js';
import { parseToyFact, TOY_FOLD, toyFactId, toyRecord } from './toy-fold.js';

const instant = fc.date({ min: new Date('2026-03-02'), max: new Date('2026-03-03'), noInvalidDate: true });
const common = {
  accountId: fc.constant(defaultAccountId),
  callId: fc.constant('call'),
  at: instant.map((date) => date.toISOString()),
  words: fc.constantFrom('', 'one', 'two', 'zwölf'),
};
/** Any facts about one call, such that contradict each other among them. */
const anyFact: fc.Arbitrary<ToyFact> = fc.oneof(
  fc.record({
    ...common,
    part: fc.constant('begun' as const),
    from: fc.constantFrom('+351911', '+351912'),
    to: fc.constantFrom('+351210', '+351211'),
    proof: fc.constantFrom('pass' as const, 'fail' as const, 'unknown' as const),
    rootCallId: fc.constantFrom(null, 'root'),
  }),
  fc.record({ ...common, part: fc.constantFrom('answered' as const, 'ended' as const, 'note' as const) }),
);
/** The same facts in another order, some of them again, and where the second order is split into batches. */
const anyTelling = fc.array(anyFact, { minLength: 1, maxLength: 12 }).chain((facts) =>
  fc.record({
    facts: fc.constant(facts),
    order: fc
      .tuple(
        fc.shuffledSubarray(facts, { minLength: facts.length, maxLength: facts.length }),
        fc.array(fc.constantFrom(...facts), { maxLength: 6 }),
        fc.infiniteStream(fc.nat(1000)),
      )
      .map(([all, again, places]) => again.reduce((told, fact) => insertedAt(told, fact, places), [...all])),
    cuts: fc.array(fc.nat(18), { maxLength: 4 }),
  }),
);

function insertedAt(told: ToyFact[], fact: ToyFact, places: Stream): ToyFact[] {
  const place = (places.next().value ?? 0) % (told.length + 1);
  return [...told.slice(0, place), fact, ...told.slice(place)];
}
type Stream = IterableIterator<number>;

function foldAll(batches: readonly (readonly ToyFact[])[]) {
  let stored: Interaction | null = null;
  let waits = true;
  for (const batch of batches.filter(({ length }) => length > 0)) {
    const folded = TOY_FOLD.fold(stored, batch);
    // As a row gives it back.
    stored = JSON.parse(JSON.stringify(folded.interaction)) as Interaction;
    waits = folded.waits;
  }
  return { stored, waits };
}

function splitAt(facts: readonly ToyFact[], cuts: readonly number[]): ToyFact[][] {
  const bounds = [0, ...[...cuts].sort((one, other) => one - other), facts.length];
  return bounds.slice(1).map((end, index) => facts.slice(bounds[index], end));
}

describe('the toy kind of facts', () => {
  it('folds to the same in any order, with any repetitions and in any batches', () => {
    fc.assert(
      fc.property(anyTelling, ({ facts, order, cuts }) => {
        expect(foldAll(splitAt(order, cuts))).toEqual(foldAll([facts]));
      }),
      { numRuns: 1000 },
    );
  });

  it('makes interactions that keep the contract, however little is known', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 6 }), (facts) => {
        expect(checkInteraction(TOY_FOLD.fold(null, facts).interaction)).toMatchObject({ ok: true });
      }),
    );
  });

  it('waits until the three parts of a call are known', () => {
    const facts = aToyCall('call');
    const waits = (...told: ToyFact[]): boolean => TOY_FOLD.fold(null, told).waits;
    expect(facts.map((one) => waits(...facts.filter((fact) => fact !== one)))).toEqual([true, true, true]);
    expect(waits(...facts)).toBe(false);
    expect(waits(aToyNote('call'))).toBe(true);
    expect(waits(aToyNote('call'), ...facts)).toBe(false);
  });

  it('reads what its records hold, and says so when it cannot', () => {
    for (const fact of [...aToyCall('call'), aToyNote('call')]) {
      const parsed = parseToyFact(Buffer.from(toyRecord(fact).value));
      expect(parsed).toMatchObject({ ok: true, fact: { id: toyFactId(fact), data: fact } });
    }
    expect([null, Buffer.from('{'), Buffer.from('{"part":"begun"}')].map((value) => parseToyFact(value).ok)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('folds nothing where there is no fact', () => {
    expect(() => TOY_FOLD.fold(null, [])).toThrow('no fact');
  });
});
