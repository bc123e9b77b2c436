import { describe, expect, it } from '@jest/globals';
import type { CallFact } from '#libs/interaction';
import {
  aCallFact,
  aCallParty,
  aDesk,
  aGroup,
  aMember,
  anAgent,
  anEndpoint,
  CALLER,
  type Desk,
  groupIdOf,
  LINE,
  type SnapshotParts,
} from '#libs/testing';

const MINUTE = 60;
const OTHER_LINE = '+351210000005';
const ana = anAgent({ email: 'ana@acme.example', extensions: ['201'] });
const support = aGroup({ members: [aMember(ana)] });
const sales = aGroup({ name: 'Sales' });

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

describe('a call of nobody certain', () => {
  it('F3 from a number that eight people have: two calls, one case of the line, candidates in one order', () => {
    const holders = Array.from({ length: 8 }, (_, index) => `c-${index}`);
    const numbersOfPeople = { [CALLER]: { contactId: 'c-0', holders, shared: true } };
    const one = desk({ numbersOfPeople });
    one.tell(...answered(0));
    one.tell(...answered(50));
    expect(counts(one)).toEqual([2]);
    const [state] = one.cases();
    expect(state?.requesterMatch).toMatchObject({ method: 'R5', confidence: 'ambiguous' });
    expect([...(state?.requesterMatch.candidates ?? [])].sort()).toEqual(holders);
    expect(holders).not.toContain(state?.requester.id);
    expect(one.interactions()).toHaveLength(2);
    one.tell(...answered(300));
    expect(one.cases().map(({ requester }) => requester.id)).toEqual([state?.requester.id, state?.requester.id]);
    expect(one.cases()[1]?.requesterMatch.candidates).toEqual(state?.requesterMatch.candidates);
  });

  it('53 who hides the number joins nothing of anybody, whatever is live', () => {
    const one = desk();
    const from = { raw: 'anonymous', presentation: 'withheld' } as const;
    [answered(0, { from }), answered(5, { from }), answered(9)].forEach((facts) => one.tell(...facts));
    expect(counts(one)).toEqual([1, 1, 1]);
    expect(new Set(one.cases().map(({ requester }) => requester.id)).size).toBe(3);
  });
});
