import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CALL_FACT_KINDS,
  type CallFact,
  checkInteraction,
  type Interaction,
  RECORDING_STATUSES,
} from '#libs/interaction';
import { aCallFact, aCallParty, CALLER, instantAt, LINE } from '#libs/testing';
import { CALL_FOLD } from './call-fold.js';

const orNothing = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const agent = fc.constantFrom(
  { extension: '201' },
  { email: 'ana@acme.example', extension: '201' },
  { email: 'Ana@acme.example', name: 'Ana' },
  { extension: '202', name: 'Rui' },
  { id: 'client:eva' },
);
const party = fc.constantFrom(
  aCallParty(CALLER, 'Maria'),
  aCallParty('+351910000002'),
  { extension: '201', presentation: 'allowed' as const },
  { raw: 'anonymous', presentation: 'withheld' as const },
);
const seconds = fc.integer({ min: -3, max: 600 });
const ENDS = [
  { by: 'caller', reason: 'busy' },
  { by: 'unknown', reason: 'completed', q850: 16 },
  { sip: 486 },
] as const;

/** Any facts about one call, such that contradict each other among them. */
const anyFact: fc.Arbitrary<CallFact> = fc
  .record({
    kind: fc.constantFrom(...CALL_FACT_KINDS),
    seconds,
    clock: fc.constantFrom(1, 1, 1, -4000),
    sequence: orNothing(fc.nat(3)),
    eventId: fc.constantFrom('e1', 'e2', 'e3'),
    legId: orNothing(fc.constantFrom('l-1', 'l-2')),
    parentCallId: orNothing(fc.constantFrom('c-1', 'c-2')),
    direction: orNothing(fc.constantFrom('inbound', 'outbound', 'internal')),
    from: orNothing(party),
    to: orNothing(party),
    line: orNothing(fc.constantFrom(LINE, '2001')),
    agent: orNothing(agent),
    agents: orNothing(fc.array(agent, { maxLength: 3 })),
    answeredBy: fc.constantFrom('agent', 'system'),
    transfer: fc.record({ kind: fc.constantFrom('blind', 'attended', 'external'), agent: orNothing(agent) }),
    end: orNothing(fc.constantFrom(...ENDS)),
    times: orNothing(fc.constantFrom({ startedAt: instantAt(-9) }, { answeredAt: instantAt(4), ringingAt: null })),
    recording: fc.record({ id: fc.constantFrom('r-1', 'r-2'), status: fc.constantFrom(...RECORDING_STATUSES) }),
    transcript: fc.record({
      status: fc.constantFrom('pending', 'completed'),
      text: orNothing(fc.constantFrom('', 'Bom dia.')),
    }),
    context: orNothing(
      fc.record({
        tags: fc.subarray(['vip', 'shop', 'new']),
        verified: fc.boolean(),
        caseNumber: orNothing(fc.constantFrom('1', '2')),
        data: orNothing(fc.constantFrom({ shop: 7 }, { shop: null })),
      }),
    ),
  })
  .map(({ kind, seconds: at, clock, sequence, eventId, ...rest }) =>
    aCallFact(kind, at, {
      ...(JSON.parse(JSON.stringify(rest)) as Partial<CallFact>),
      origin: {
        eventId,
        contentSha256: createHash('sha256')
          .update(JSON.stringify([kind, at, clock, sequence, rest]))
          .digest('hex'),
        receivedAt: instantAt(at + clock),
        ...(sequence === undefined ? {} : { sequence }),
      },
    }),
  );

/** The same facts in another order, some of them again, and where the second order is split into batches. */
const anyTelling = fc.array(anyFact, { minLength: 1, maxLength: 10 }).chain((facts) =>
  fc.record({
    facts: fc.constant(facts),
    order: fc.array(fc.constantFrom(...facts), { maxLength: 6 }).chain((again) =>
      fc.shuffledSubarray([...facts, ...again], {
        minLength: facts.length + again.length,
        maxLength: facts.length + again.length,
      }),
    ),
    cuts: fc.array(fc.nat(16), { maxLength: 4 }),
  }),
);

function splitAt(facts: readonly CallFact[], cuts: readonly number[]): CallFact[][] {
  const bounds = [0, ...cuts.map((cut) => Math.min(cut, facts.length)).sort((one, other) => one - other), facts.length];
  return bounds.slice(1).map((end, index) => facts.slice(bounds[index], end));
}

function foldAll(batches: readonly (readonly CallFact[])[]) {
  let stored: Interaction | null = null;
  let waits = true;
  for (const batch of batches.filter(({ length }) => length > 0)) {
    const folded = CALL_FOLD.fold(stored, batch);
    // As a row gives it back: PostgreSQL keeps the members of an object in an order of its own.
    stored = inAnotherOrder(JSON.parse(JSON.stringify(folded.interaction))) as Interaction;
    waits = folded.waits;
  }
  return { stored, waits };
}

function inAnotherOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inAnotherOrder);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, inner]) => [name, inAnotherOrder(inner)]),
      )
    : value;
}

describe('the facts about a call', () => {
  it('50 fold to the same in any order, with any repetitions and in any batches', () => {
    fc.assert(
      fc.property(anyTelling, ({ facts, order, cuts }) => {
        expect(foldAll(splitAt(order, cuts))).toEqual(foldAll([facts]));
      }),
      { numRuns: 1000 },
    );
  });

  it('make interactions that keep the contract, however little is known or however much is lost', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 8 }), (facts) => {
        expect(checkInteraction(foldAll([facts]).stored)).toMatchObject({ ok: true });
      }),
      { numRuns: 500 },
    );
  });

  it('are read from records, and what is no fact says why', () => {
    const fact = aCallFact('started');
    const parsed = CALL_FOLD.parse(Buffer.from(JSON.stringify(fact)));
    expect(parsed).toMatchObject({ ok: true, fact: { id: fact.id, accountId: fact.accountId, data: fact } });
    expect(CALL_FOLD.parse(Buffer.from('{}'))).toMatchObject({ ok: false, reason: 'invalid' });
    expect(CALL_FOLD.parse(null)).toMatchObject({ ok: false });
  });

  it('wait until somebody talks or the call has ended', () => {
    const waits = (...facts: CallFact[]): boolean => CALL_FOLD.fold(null, facts).waits;
    const begun = aCallFact('started');
    expect(waits(begun, aCallFact('ringing', 4))).toBe(true);
    expect(waits(begun, aCallFact('answered', 5, { answeredBy: 'system' }))).toBe(true);
    expect(waits(begun, aCallFact('answered', 5, { answeredBy: 'agent' }))).toBe(false);
    expect(waits(begun, aCallFact('leg_ended', 5, { legId: 'l-1' }))).toBe(true);
    expect(waits(aCallFact('ended', 9))).toBe(false);
  });
});
