import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Interaction } from '#libs/interaction';
import { aCaseId, aMail, anAgent, aSnapshot } from '#libs/testing';
import { advance, decide, fold, type CaseChange, type Snapshot } from './index.js';

const PEOPLE = ['carol@example.org', 'dan@example.org', 'ana@acme.example'];

/** Decides the mails in this order; gives the interactions and the events of every case. */
function play(mails: readonly Interaction[]) {
  const snapshot: Snapshot = aSnapshot({ agents: [anAgent()] });
  const members = new Map<string, Set<string>>();
  const events = new Map<string, CaseChange[]>();
  for (const mail of mails) {
    const decision = decide(mail, snapshot, { now: '2026-03-02T10:00:00.000Z', newCaseId: aCaseId() });
    advance(snapshot, decision);
    if (decision.kind !== 'record') {
      const caseId = decision.state.id;
      members.set(caseId, (members.get(caseId) ?? new Set()).add(mail.id));
      events.set(caseId, [...(events.get(caseId) ?? []), ...decision.changes]);
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
