import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  aCase,
  anInteraction,
  agentIdOf,
  aGroup,
  aMember,
  anAgent,
  aSnapshot,
  groupIdOf,
  SAID_LISTS,
} from '#libs/testing';
import {
  advance,
  CASE_CHANGE_KINDS,
  effectsOf,
  followedBy,
  NO_EFFECTS,
  SUSPENSIONS,
  SYSTEM,
  type Effects,
  type Snapshot,
} from '../index.js';

const AGENTS = ['ana', 'ben'].map((name) => anAgent({ email: `${name}@acme.example` }));
const GROUPS = ['Support', 'Sales'];
const CASES = [aCase(), aCase({ category: 'open', assigneeId: AGENTS[0]!.id }), aCase(), aCase()];

const instant = fc.constantFrom('2026-03-01T09:00:00.000Z', '2026-03-02T09:00:00.000Z', '2026-03-03T09:00:00.000Z');
const caseId = fc.constantFrom(...CASES.map(({ id }) => id));
const interactionId = fc.constantFrom('i-1', 'i-2', 'i-3');
// One agent and one group that the snapshot has not loaded.
const agentId = fc.constantFrom(...AGENTS.map(({ id }) => id), agentIdOf('gone@acme.example'));
const groupId = fc.constantFrom(...[...GROUPS, 'Gone'].map(groupIdOf));

const state = fc
  .record({
    which: fc.nat(CASES.length - 1),
    category: fc.constantFrom('new', 'open', 'resolved'),
    assigneeId: fc.option(agentId),
    deletedAt: fc.option(instant),
    version: fc.nat(9),
  })
  .map(({ which, ...fields }) => ({ ...CASES[which]!, ...fields }));
const change = fc.record({
  kind: fc.constantFrom(...CASE_CHANGE_KINDS),
  changes: fc.constant([]),
  actor: fc.constant(SYSTEM),
  interactionId: fc.option(interactionId),
  at: instant,
  occurredAt: instant,
  details: fc.constant({}),
});
const identity = fc.record({
  kind: fc.constant('email'),
  value: fc.constantFrom('carol@example.org', 'dan@example.org', 'eve@example.org'),
  raw: fc.constant(''),
});

const some = <One>(one: fc.Arbitrary<One>): fc.Arbitrary<readonly One[]> => fc.array(one, { maxLength: 4 });

function aRedaction(id: string) {
  const why = { by: SYSTEM, onBehalfOf: null, reason: 'It held a password.', at: '2026-03-01T09:00:00.000Z' };
  return { ...why, id, caseId: null, revision: 1, left: anInteraction(), contents: [], copies: null };
}

/** Every member of effects: one that is forgotten here does not compile. */
const LISTS: { readonly [Member in keyof Effects]: fc.Arbitrary<Effects[Member]> } = {
  cases: some(fc.record({ state, change })),
  comments: some(
    fc.record({
      id: fc.constantFrom('m-1', 'm-2'),
      caseId,
      author: fc.constant({ kind: 'agent', id: 'ana' }),
      onBehalfOf: fc.constant(null),
      public: fc.boolean(),
      title: fc.constant(null),
      bodyText: fc.constantFrom('One', 'Two'),
      bodyHtml: fc.constant(null),
      mentionIds: fc.constant([]),
      at: instant,
    }),
  ),
  commentRedactions: some(
    fc.record({
      id: fc.constantFrom('m-1', 'm-2'),
      caseId,
      by: fc.constant({ kind: 'agent', id: 'ana' }),
      onBehalfOf: fc.constant(null),
      reason: fc.constant('It held a password.'),
      at: instant,
    }),
  ),
  attachments: some(
    fc.record({ id: fc.constantFrom('f-1', 'f-2'), caseId, commentId: fc.constant(null), at: instant }),
  ),
  contacts: some(
    fc.record({
      id: fc.constantFrom('c-1', 'c-2', 'c-3'),
      kind: fc.constantFrom('person', 'anonymous'),
      name: fc.option(fc.constant('Carol')),
      identity: fc.option(identity, { freq: 4 }),
      verified: fc.boolean(),
    }),
  ),
  threads: some(
    fc.record({
      kind: fc.constantFrom('message_id', 'provider_thread'),
      value: fc.constantFrom('<a@x>', '<b@x>', '<c@x>'),
      caseId,
      interactionId: fc.option(interactionId),
    }),
  ),
  links: some(
    fc.record({
      id: fc.constantFrom('l-1', 'l-2'),
      fromCaseId: caseId,
      toCaseId: caseId,
      kind: fc.constantFrom('follow_up', 'related', 'merged'),
      createdBy: fc.constant(null),
    }),
  ),
  unlinked: some(fc.constantFrom('l-3', 'l-4')),
  ...SAID_LISTS,
  suspensions: some(
    fc.oneof(
      fc.record({ change: fc.constant('opened' as const), interactionId, reason: fc.constantFrom(...SUSPENSIONS) }),
      fc.record({
        change: fc.constantFrom('released' as const, 'rejected' as const),
        interactionId,
        by: fc.constant('a person'),
        note: fc.constant(null),
      }),
    ),
  ),
  interactionRedactions: some(interactionId.map(aRedaction)),
  relinks: some(
    fc.record({
      interactionId,
      fromCaseId: fc.option(caseId),
      toCaseId: fc.option(caseId),
      thread: fc.boolean(),
      by: fc.constant({ kind: 'agent', id: 'ana' }),
      onBehalfOf: fc.constant(null),
      at: instant,
    }),
  ),
  threadMoves: some(
    fc.record({
      kind: fc.constantFrom('message_id', 'provider_thread'),
      // Commands are settled by themselves: what one of them moves, no message claims meanwhile.
      value: fc.constantFrom('<d@x>', '<e@x>'),
      from: fc.option(fc.record({ caseId, interactionId: fc.option(interactionId) })),
      to: fc.option(fc.record({ caseId, interactionId: fc.option(interactionId) })),
    }),
  ),
  moves: some(fc.record({ fromCaseId: caseId, toCaseId: caseId })),
  turns: some(fc.record({ groupId, agentId, at: instant })),
  overdue: some(fc.record({ caseId, dueAt: instant })),
  holds: some(fc.record({ caseId, on: fc.boolean(), reason: fc.string(), at: instant })),
};
const MEMBERS = Object.keys(LISTS) as (keyof Effects)[];
const effects: fc.Arbitrary<Effects> = fc.record(LISTS);

/** One that knows half of the cases, names and people of the arbitrary effects. */
function halfKnown(): Snapshot {
  return aSnapshot({
    agents: AGENTS,
    groups: GROUPS.map((name) => aGroup({ name, members: AGENTS.map((agent) => aMember(agent, { openLoad: 1 })) })),
    cases: CASES.slice(0, 2),
    identities: { 'carol@example.org': {} },
    messages: { '<a@x>': { caseId: CASES[0]!.id, interactionId: null } },
    links: [{ id: 'l-3', fromCaseId: CASES[0]!.id, toCaseId: CASES[1]!.id, kind: 'related' }],
  });
}

/** All of a snapshot with the order of its entries, which decides which case is the older one. Names of threads are only looked up. */
function after(...steps: readonly Effects[]): unknown {
  const snapshot = halfKnown();
  steps.forEach((step) => advance(snapshot, step));
  const ordered = ([name, part]: [string, unknown]) =>
    [name, part instanceof Map && name !== 'threads' ? Array.from(part) : part] as const;
  return Object.entries(snapshot).map(ordered);
}

describe('effects one after another', () => {
  it('keep all that either does, the first before the second', () => {
    fc.assert(
      fc.property(effects, effects, (first, second) => {
        const both = followedBy(first, second);
        expect(new Set(Object.keys(both))).toEqual(new Set(MEMBERS));
        for (const member of MEMBERS) {
          expect(both[member]).toEqual([...first[member], ...second[member]]);
        }
      }),
    );
  });

  it('are the same whichever two are put together first', () => {
    fc.assert(
      fc.property(effects, effects, effects, (first, second, third) => {
        const left = followedBy(followedBy(first, second), third);
        expect(followedBy(first, followedBy(second, third))).toEqual(left);
      }),
    );
  });

  it('stay as they are before and after nothing', () => {
    fc.assert(
      fc.property(effects, (one) => {
        expect(followedBy(one, NO_EFFECTS)).toEqual(one);
        expect(followedBy(NO_EFFECTS, one)).toEqual(one);
      }),
    );
  });

  it('move a snapshot as far together as one by one', () => {
    fc.assert(
      fc.property(effects, effects, (first, second) => {
        expect(after(followedBy(first, second))).toEqual(after(first, second));
      }),
      { numRuns: 500 },
    );
  });
});

describe('effects of which some are there', () => {
  it('are nothing without any, and nobody writes into the list that all share', () => {
    expect(effectsOf({})).toEqual(NO_EFFECTS);
    expect(new Set(Object.keys(NO_EFFECTS))).toEqual(new Set(MEMBERS));
    for (const member of MEMBERS) {
      expect(effectsOf({})[member]).toBe(NO_EFFECTS.cases);
      expect(NO_EFFECTS[member]).toEqual([]);
    }
    expect([NO_EFFECTS, NO_EFFECTS.cases].every(Object.isFrozen)).toBe(true);
  });

  it('keep what is given, of every kind', () => {
    fc.assert(
      fc.property(effects, fc.subarray(MEMBERS), (all, given) => {
        const some = effectsOf(Object.fromEntries(given.map((member) => [member, all[member]])));
        for (const member of MEMBERS) {
          expect(some[member]).toBe(given.includes(member) ? all[member] : NO_EFFECTS[member]);
        }
      }),
    );
  });
});
