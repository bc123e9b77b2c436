import { describe, expect, it } from '@jest/globals';
import type { CallFact } from '#libs/interaction';
import {
  aCallFact,
  aCallParty,
  aCase,
  aDesk,
  aGroup,
  aMember,
  anAgent,
  anEndpoint,
  aVoicemailFact,
  CALLER,
  contactOf,
  type Desk,
  groupIdOf,
  instantAt,
  LINE,
  type SnapshotParts,
  theCallRules,
} from '#libs/testing';

const MINUTE = 60;
const OTHER_LINE = '+351210000005';
const ana = anAgent({ email: 'ana@acme.example', extensions: ['201'] });
const support = aGroup({ members: [aMember(ana)] });
const sales = aGroup({ name: 'Sales' });
const known = { [CALLER]: { contactId: contactOf('maria'), name: 'Maria' } };

function desk(parts: SnapshotParts = {}): Desk {
  const lines = { [LINE]: anEndpoint(LINE), [OTHER_LINE]: anEndpoint(OTHER_LINE, { groupId: groupIdOf('Sales') }) };
  return aDesk({ agents: [ana], groups: [support, sales], lines, ...parts });
}

interface Told {
  readonly from?: CallFact['from'];
  readonly line?: string;
  readonly direction?: 'outbound';
}

/** A call at a minute after a quarter past ten that nobody takes. */
function missed(minute: number, { from = aCallParty(CALLER), line = LINE, direction }: Told = {}): CallFact[] {
  const callId = `c-${minute}`;
  const sides = direction === 'outbound' ? { from: aCallParty(line), to: from } : { from, to: aCallParty(line) };
  return [
    aCallFact('started', minute * MINUTE, { callId, ...sides, ...(direction ? { direction } : {}) }),
    aCallFact('ended', minute * MINUTE + 40, { callId, end: { reason: 'no_answer' } }),
  ];
}

/** The same, taken by Ana. */
function answered(minute: number, told: Told = {}): CallFact[] {
  const agent = { extension: '201' };
  const callId = `c-${minute}`;
  const taken = aCallFact('answered', minute * MINUTE + 9, { callId, agent, answeredBy: 'agent' });
  return [missed(minute, told)[0]!, taken];
}

const counts = (one: Desk): number[] => one.cases().map(({ interactionCount }) => interactionCount);

describe('calls of one number that nobody took', () => {
  it('48 missed ×4 in 10 minutes are one case, whatever their order', () => {
    for (const order of [
      [0, 3, 6, 9],
      [9, 0, 6, 3],
    ]) {
      const one = desk();
      order.forEach((minute) => one.tell(...missed(minute)));
      expect(counts(one)).toEqual([4]);
      expect(one.cases()).toMatchObject([{ category: 'new', requesterMatch: { method: 'R6' } }]);
    }
  });

  it('48 in one batch are one case too, and so is a voicemail without its call', () => {
    const one = desk();
    const left = aVoicemailFact('left', 5 * MINUTE, {
      from: aCallParty(CALLER),
      to: aCallParty(LINE),
      recording: { id: 'r', status: 'pending' },
    });
    one.tell(...missed(0), ...missed(4), left);
    expect(counts(one)).toEqual([3]);
  });

  it.each([
    [15, [2]],
    [16, [1, 1]],
  ])('%i minutes apart are cases of %j, by the times of the calls', (minute, expected) => {
    const one = desk({ account: { calls: theCallRules({ attachWindowMinutes: 0 }) } });
    one.tell(...missed(0));
    one.tell(...missed(minute));
    expect(counts(one)).toEqual(expected);
  });

  it('between two others join the nearer one, and the other where the case of that one is over', () => {
    const rules = { account: { calls: theCallRules({ attachWindowMinutes: 0 }) } };
    const [nearer, farther] = [desk(rules), desk(rules)];
    for (const one of [nearer, farther]) {
      [missed(0), missed(20)].forEach((facts) => one.tell(...facts));
    }
    nearer.tell(...missed(12));
    expect(counts(nearer)).toEqual([1, 2]);
    const [, second] = farther.cases();
    farther.snapshot.cases.set(second!.id, { ...second!, deletedAt: instantAt(9) });
    farther.tell(...missed(12));
    expect(counts(farther)).toEqual([2, 1]);
  });

  it('on two lines, or with one that was taken between them, are two matters', () => {
    const rules = { account: { calls: theCallRules({ attachWindowMinutes: 0 }) } };
    const lines = desk(rules);
    [missed(0), missed(3, { line: OTHER_LINE })].forEach((facts) => lines.tell(...facts));
    expect(counts(lines)).toEqual([1, 1]);
    const between = desk(rules);
    [missed(0), answered(3), missed(6)].forEach((facts) => between.tell(...facts));
    expect(between.cases()).toHaveLength(3);
    const calledBack = desk(rules);
    [missed(0), answered(3, { direction: 'outbound' }), missed(6)].forEach((facts) => calledBack.tell(...facts));
    expect(calledBack.cases()).toHaveLength(3);
  });

  it.each([
    ['closed', { closedAt: instantAt(9), category: 'resolved' }],
    ['in the trash', { deletedAt: instantAt(9) }],
  ] as const)('join no case that is %s', (_, gone) => {
    const one = desk();
    one.tell(...missed(0));
    const [state] = one.cases();
    one.snapshot.cases.set(state!.id, { ...state!, ...gone });
    one.tell(...missed(3));
    expect(counts(one)).toEqual([1, 1]);
  });

  it('53 withheld number twice: two contacts, two cases', () => {
    const one = desk();
    const from = { raw: 'anonymous', presentation: 'withheld' } as const;
    one.tell(...missed(0, { from }), ...missed(2, { from }));
    expect(counts(one)).toEqual([1, 1]);
    const [first, second] = one.cases();
    expect(first?.requester.id).not.toBe(second?.requester.id);
    expect(first?.requesterMatch).toMatchObject({ method: 'R7', confidence: 'anonymous' });
  });

  it('from withheld numbers wait for a person beyond the limit of the line, and on another line they do not', () => {
    const one = desk({ account: { calls: theCallRules({ withheldCasesPerHour: 2 }) } });
    const from = { raw: 'anonymous', presentation: 'withheld' } as const;
    [0, 5, 10, 70].forEach((minute) => one.tell(...missed(minute, { from })));
    one.tell(...missed(11, { from, line: OTHER_LINE }));
    expect(one.cases()).toHaveLength(4);
    expect(
      one
        .interactions()
        .map(({ id }) => one.outcome(id))
        .sort(),
    ).toEqual(['created', 'created', 'created', 'created', 'suspended']);
  });
});

describe('a call of somebody who is known', () => {
  it('52 same caller calls again in window with one live case: attached, and reopens it', () => {
    const one = desk();
    one.tell(...answered(0));
    one.tell(...answered(60));
    one.tell(...missed(200));
    expect(one.cases()).toMatchObject([{ interactionCount: 3, assigneeId: ana.id }]);
    const [state] = one.cases();
    one.snapshot.cases.set(state!.id, { ...state!, category: 'resolved', resolvedAt: instantAt(0) });
    one.tell(...answered(210));
    expect(one.cases()).toMatchObject([{ interactionCount: 4, category: 'open', reopenCount: 1 }]);
  });

  it('52 beyond the window, in another group, closed or in the trash: a new case', () => {
    const late = desk();
    [answered(0), answered(241)].forEach((facts) => late.tell(...facts));
    expect(counts(late)).toEqual([1, 1]);
    const elsewhere = desk();
    [answered(0), missed(60, { line: OTHER_LINE })].forEach((facts) => elsewhere.tell(...facts));
    expect(counts(elsewhere)).toEqual([1, 1]);
    for (const gone of [{ deletedAt: instantAt(9) }, { closedAt: instantAt(9), category: 'resolved' } as const]) {
      const one = desk();
      one.tell(...answered(0));
      const [state] = one.cases();
      one.snapshot.cases.set(state!.id, { ...state!, ...gone });
      one.tell(...answered(30));
      expect(counts(one)).toEqual([1, 1]);
    }
  });

  it('52 the only live one of two cases: attached', () => {
    const requester = { kind: 'contact', id: contactOf('maria') } as const;
    const [live, gone] = [aCase({ requester }), aCase({ requester, deletedAt: instantAt(-1) })];
    const heard = { [live.id]: instantAt(-MINUTE), [gone.id]: instantAt(-MINUTE) };
    const one = desk({ cases: [live, gone], heard, numbersOfPeople: known });
    one.tell(...answered(0));
    expect(one.cases().map(({ id }) => id)).toEqual([live.id, gone.id]);
  });

  it('52 two live cases: a new case, related to both; of seven to five', () => {
    for (const [number, related] of [
      [2, 2],
      [7, 5],
    ] as const) {
      const requester = { kind: 'contact', id: contactOf('maria') } as const;
      const cases = Array.from({ length: number }, () => aCase({ requester }));
      const heard = Object.fromEntries(cases.map(({ id }, index) => [id, instantAt(-MINUTE * index)]));
      const one = desk({ cases, heard, numbersOfPeople: known });
      one.tell(...answered(0));
      const born = one.cases().at(-1)!;
      const links = [...one.snapshot.links.values()];
      expect(links.map(({ kind, fromCaseId }) => [kind, fromCaseId])).toEqual(
        Array(related).fill(['related', born.id]),
      );
      expect(links.map(({ toCaseId }) => toCaseId)).toEqual(cases.slice(0, related).map(({ id }) => id));
      expect(one.history(born.id)[0]?.details).toMatchObject({ related: links.map(({ toCaseId }) => toCaseId) });
      expect(born.subject).toBe('Call from Maria (+351 910 000 001), 2 Mar 2026 10:15');
    }
  });

  it('asks nothing of cases whose last interaction is old, however lately they were changed', () => {
    const requester = { kind: 'contact', id: contactOf('maria') } as const;
    const state = aCase({ requester, updatedAt: instantAt(-1) });
    const one = desk({ cases: [state], heard: { [state.id]: instantAt(-241 * MINUTE) }, numbersOfPeople: known });
    one.tell(...missed(0));
    expect(one.cases()).toHaveLength(2);
  });

  it('that opens no case joins none by this either', () => {
    const one = desk();
    one.tell(...answered(0));
    one.tell(missed(5)[0]!, aCallFact('ended', 5 * MINUTE + 9, { callId: 'c-5', end: { reason: 'blocked' } }));
    one.tell(...missed(6, { direction: 'outbound' }));
    expect(counts(one)).toEqual([1]);
  });
});
