import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Interaction } from '#libs/interaction';
import { aMail, aMoment, anAgent, aSnapshot } from '#libs/testing';
import { advance, caseOf, decideInteraction, fold, survivorOf, type CaseChange, type Snapshot } from '../index.js';

const PEOPLE = ['carol@example.org', 'dan@example.org', 'ana@acme.example'];

/** Decides the mails in this order; gives the interactions and the events of every case. */
function play(arriving: readonly Interaction[]) {
  const mails = arriving.map((mail) => ({ ...mail, trust: { verdict: 'pass', reason: 'dmarc=pass' } as const }));
  const snapshot: Snapshot = aSnapshot({ agents: [anAgent()] });
  const members = new Map<string, Set<string>>();
  const events = new Map<string, CaseChange[]>();
  for (const mail of mails) {
    // Without a proof the agent among them would be a stranger, and that depends on what is known when she writes.
    const proven = { ...mail, trust: { verdict: 'pass', reason: 'in a test' } as const };
    const { effects, verdict } = decideInteraction(proven, snapshot, aMoment());
    advance(snapshot, effects);
    for (const { fromCaseId, toCaseId } of effects.moves) {
      const moved = members.get(fromCaseId) ?? [];
      members.delete(fromCaseId);
      members.set(toCaseId, new Set([...(members.get(toCaseId) ?? []), ...moved]));
    }
    for (const { state, change } of effects.cases) {
      events.set(state.id, [...(events.get(state.id) ?? []), change]);
    }
    const caseId = caseOf(verdict);
    if (caseId !== null) {
      members.set(caseId, (members.get(caseId) ?? new Set()).add(mail.id));
    }
  }
  return { snapshot, members, events };
}

/** A conversation: each reply names its parent, and in References the whole way up, newest first. */
const conversation = fc
  .array(fc.record({ parent: fc.nat(), author: fc.nat(PEOPLE.length - 1), brief: fc.boolean() }), {
    minLength: 1,
    maxLength: 9,
  })
  .map((replies) => {
    const ways: string[][] = [[]];
    const to = ['support@acme.example', ...PEOPLE];
    const root = aMail({ messageId: '<m0@x>', from: PEOPLE[0], to });
    const others = replies.map(({ parent, author, brief }, index) => {
      // A reply to the root has nothing more to say than whom it answers.
      const answered = parent % (index + 1);
      const way = [`<m${answered}@x>`, ...(ways[answered] ?? [])];
      ways.push(way);
      const references = brief && answered === 0 ? [] : way;
      return aMail({ messageId: `<m${index + 1}@x>`, from: PEOPLE[author], to, inReplyTo: way[0], references });
    });
    return [root, ...others];
  });

const shuffled = conversation.chain((mails) =>
  fc.shuffledSubarray(mails, { minLength: mails.length, maxLength: mails.length }),
);

/** A conversation of mail programs some of which tell only the mail that is answered, others the whole way up. */
const parentOnly = fc
  .record({
    replies: fc.array(fc.record({ parent: fc.nat(), author: fc.nat(1), style: fc.nat(3) }), {
      minLength: 1,
      maxLength: 9,
    }),
    people: fc.constantFrom(1, 2),
  })
  .map(({ replies, people }) => {
    const to = ['support@acme.example', ...PEOPLE];
    const ways: string[][] = [[]];
    const others = replies.map(({ parent, author, style }, index) => {
      const answered = parent % (index + 1);
      const way = [`<m${answered}@x>`, ...(ways[answered] ?? [])];
      ways.push(way);
      const named = [
        { inReplyTo: way[0] },
        { references: [way[0] ?? ''] },
        { references: way },
        { inReplyTo: way[0], references: way.slice(0, 2) },
      ][style];
      return aMail({ messageId: `<m${index + 1}@x>`, from: PEOPLE[author % people], to, ...named });
    });
    return [aMail({ messageId: '<m0@x>', from: PEOPLE[0], to }), ...others];
  })
  .chain((mails) => fc.shuffledSubarray(mails, { minLength: mails.length, maxLength: mails.length }));

describe('the order of arrival', () => {
  it('does not matter: a conversation is one case with all of its mails, none of them a stranger’s', () => {
    fc.assert(
      fc.property(shuffled, (mails) => {
        const { snapshot, members, events } = play(mails);
        expect([...members.values()]).toEqual([new Set(mails.map((mail) => mail.id))]);
        const [[caseId, changes]] = [...events] as [[string, CaseChange[]]];
        expect(fold(changes)).toEqual(snapshot.cases.get(caseId));
        expect(changes.flatMap((change) => change.details['flags'] ?? [])).toEqual([]);
        expect([...snapshot.threads.values()].every((target) => target.interactionId !== null)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('does not matter when mails name only their parent: the cases that came to be end in one', () => {
    let joined = 0;
    fc.assert(
      fc.property(parentOnly, (mails) => {
        const { snapshot, members, events } = play(mails);
        expect([...members.values()]).toEqual([new Set(mails.map((mail) => mail.id))]);
        const live = [...snapshot.cases.values()].filter((state) => state.closedAt === null);
        expect(live).toMatchObject([
          { id: [...members.keys()][0], mergedIntoId: null, interactionCount: mails.length },
        ]);
        for (const [caseId, changes] of events) {
          const state = snapshot.cases.get(caseId);
          expect(fold(changes)).toEqual(state);
          expect(survivorOf(caseId, snapshot)).toBe(live[0]);
          expect(changes.map((change) => change.kind)).not.toContain('threading_conflict');
          expect(changes.flatMap((change) => change.details['flags'] ?? [])).toEqual([]);
        }
        expect([...snapshot.threads.values()].every((target) => target.interactionId !== null)).toBe(true);
        joined += snapshot.cases.size - 1;
      }),
      { numRuns: 1000 },
    );
    expect(joined).toBeGreaterThan(100);
  });

  it('does not matter for what a case knows of its conversation', () => {
    const at = (minute: number) => ({ occurredAt: `2026-03-02T09:0${minute}:00.000Z` });
    const mails = [
      aMail({ messageId: '<m0@x>', from: PEOPLE[0], to: PEOPLE }, at(0)),
      aMail({ messageId: '<m1@x>', from: PEOPLE[1], inReplyTo: '<m0@x>' }, at(1)),
      aMail({ messageId: '<m2@x>', from: PEOPLE[0], inReplyTo: '<m0@x>' }, at(2)),
    ];
    for (const order of [
      [0, 2, 1],
      [0, 1, 2],
    ]) {
      const { snapshot } = play(order.map((index) => mails[index]!));
      const [state] = [...snapshot.cases.values()];
      expect(state).toMatchObject({ lastRequesterAt: '2026-03-02T09:02:00.000Z', interactionCount: 3 });
    }
  });
});
