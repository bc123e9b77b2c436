import { describe, expect, it } from '@jest/globals';
import type { CallFact } from '#libs/interaction';
import {
  aCall,
  aCallFact,
  aCallParty,
  aCase,
  aDesk,
  aGroup,
  aMember,
  anAgent,
  anEndpoint,
  aResolvedCase,
  aVoicemailFact,
  CALLER,
  type Desk,
  groupIdOf,
  LINE,
  type SnapshotParts,
} from '#libs/testing';

const ana = anAgent({ email: 'ana@acme.example', extensions: ['201'] });
const rui = anAgent({ email: 'rui@acme.example', extensions: ['202'] });
const eva = anAgent({ email: 'eva@acme.example', extensions: ['203'], defaultGroupId: groupIdOf('Sales') });
const support = aGroup({ members: [aMember(ana), aMember(rui)] });
const sales = aGroup({ name: 'Sales', members: [aMember(eva)] });
const [started, , answered, ended] = aCall();
const takenBy = (extension: string, overrides: Partial<CallFact> = {}): CallFact => ({
  ...answered,
  agent: { extension },
  ...overrides,
});

function desk(parts: SnapshotParts = {}): Desk {
  const lines = { [LINE]: anEndpoint(LINE) };
  return aDesk({ agents: [ana, rui, eva], groups: [support, sales], lines, ...parts });
}

const kinds = (one: Desk): string[] => one.cases().flatMap(({ id }) => one.history(id).map(({ kind }) => kind));

describe('the case of a call', () => {
  it('F6 of a ring group is one, of the agent who took it, and no call is missed', () => {
    const agents = ['201', '202', '203'].map((extension) => ({ extension }));
    const rings = agents.map((agent, place) => aCallFact('ringing', 4, { legId: `l-${place}`, agent }));
    const declined = aCallFact('leg_ended', 6, { legId: 'l-0', end: { reason: 'rejected' } });
    const taken = takenBy('202', { legId: 'l-1' });
    const others = aCallFact('leg_ended', 10, { legId: 'l-2', end: { reason: 'answered_elsewhere' } });
    const all = [started, ...rings, declined, taken, others, ended];
    for (const order of [all, all.toReversed()]) {
      const one = desk();
      [...order, ...order].forEach((fact) => one.tell(fact));
      expect(one.cases()).toMatchObject([{ assigneeId: rui.id, interactionCount: 1, source: 'call_inbound' }]);
      expect(one.interactions()).toMatchObject([{ outcome: 'answered' }]);
    }
  });

  it('F20 is the agent’s whom it was handed to, not who was asked for advice, whatever leg tells it first', () => {
    const facts = [
      started,
      takenBy('203', { legId: 'a' }),
      aCallFact('held', 20, { legId: 'a' }),
      aCallFact('answered', 25, { legId: 'b', agent: { extension: '202' }, answeredBy: 'agent' }),
      aCallFact('leg_ended', 30, { legId: 'b' }),
      aCallFact('transferred', 31, { legId: 'a', transfer: { kind: 'blind', agent: { extension: '201' } } }),
      aCallFact('answered', 35, { legId: 'c', agent: { extension: '201' }, answeredBy: 'agent' }),
      ended,
    ];
    for (const order of [facts, facts.toReversed()]) {
      const one = desk();
      order.forEach((fact) => one.tell(fact));
      expect(one.cases()).toMatchObject([{ assigneeId: ana.id, interactionCount: 1 }]);
    }
  });

  it('F22 that was dialled from a case is on that one, and another case of the same contact is untouched', () => {
    const requester = { kind: 'contact', id: 'c-1' } as const;
    const seven = aResolvedCase({ requester, assigneeId: rui.id });
    const nine = aCase({ requester, category: 'open', assigneeId: rui.id });
    const one = desk({
      cases: [seven, nine],
      numbers: { '7': seven.id },
      numbersOfPeople: { [CALLER]: { contactId: 'c-1' } },
    });
    const parties = { direction: 'outbound', from: aCallParty(LINE), to: aCallParty(CALLER) } as const;
    one.tell(aCallFact('started', 0, { ...parties, context: { caseNumber: '7' } }), answered);
    expect(one.snapshot.cases.get(seven.id)).toMatchObject({
      category: 'open',
      assigneeId: rui.id,
      interactionCount: 2,
    });
    expect(one.history(seven.id)).toMatchObject([{ kind: 'reopened', actor: { kind: 'agent', id: ana.id } }]);
    expect(one.snapshot.cases.get(nine.id)).toBe(nine);
  });

  it('F23 holds two calls that ended alike, and both have ended', () => {
    const one = desk();
    // Alike in all but the name of the call.
    const other = ({ kind, from, to, legId, agent, answeredBy, end }: CallFact): CallFact => {
      const seconds = { started: 0, answered: 9 }[kind as string] ?? 60;
      return aCallFact(
        kind,
        seconds,
        JSON.parse(JSON.stringify({ callId: 'c-78', from, to, legId, agent, answeredBy, end })) as object,
      );
    };
    one.tell(started, answered, ended);
    one.tell(other(started), other(answered));
    one.tell(other(ended), ended, other(ended));
    expect(one.cases()).toMatchObject([{ interactionCount: 2 }]);
    expect(one.interactions().map(({ talkers }) => talkers?.map(({ until }) => until !== null))).toEqual([
      [true],
      [true],
    ]);
  });

  it('F27 of a voicemail is there whatever becomes of its text', () => {
    const sound = aVoicemailFact('recording', 55, { recording: { id: 'r-1', status: 'pending' } });
    const left = aVoicemailFact('left', 50, { from: aCallParty(CALLER), to: aCallParty(LINE) });
    for (const transcript of [{ status: 'failed' }, { status: 'completed', text: '' }] as const) {
      const one = desk();
      one.tell(left, sound);
      const before = one.cases();
      one.tell(aVoicemailFact('transcript', 90, { transcript }));
      const [{ version: _, ...after }] = one.cases() as [(typeof before)[number]];
      const [{ version: __, ...expected }] = before as [(typeof before)[number]];
      expect(after).toEqual(expected);
      expect(kinds(one)).toEqual(['created', 'interaction_updated']);
    }
  });
});

describe('whose case it is', () => {
  it('goes with whoever answered into another group where the line says so, and stays in its own elsewhere', () => {
    const line = anEndpoint(LINE, { moveToAgentsGroup: true });
    const moving = desk({ lines: { [LINE]: line } });
    moving.tell(started, takenBy('203'));
    expect(moving.cases()).toMatchObject([{ groupId: sales.id, assigneeId: eva.id, category: 'open' }]);
    const late = desk({ lines: { [LINE]: line } });
    late.tell(started, ended);
    late.tell(takenBy('203'));
    expect(late.cases()).toMatchObject([{ groupId: sales.id, assigneeId: eva.id, category: 'open' }]);
    expect(kinds(late)).toEqual(['created', 'assigned']);
    const staying = desk();
    staying.tell(started, takenBy('203'));
    expect(staying.cases()).toMatchObject([{ groupId: support.id, assigneeId: null, category: 'new' }]);
  });

  it('stays with an assignee who is still usable, whoever answers the next call', () => {
    const one = desk();
    one.tell(started, answered);
    const parties = { callId: 'c-78', from: aCallParty(CALLER), to: aCallParty(LINE) };
    one.tell(aCallFact('started', 600, parties));
    one.tell(aCallFact('answered', 605, { callId: 'c-78', agent: { extension: '202' }, answeredBy: 'agent' }));
    one.tell(aCallFact('ended', 700, { callId: 'c-78' }));
    expect(one.cases()).toMatchObject([{ assigneeId: ana.id, interactionCount: 2 }]);
  });

  it('does not change by later facts once a person has given it to somebody', () => {
    const one = desk();
    one.tell(started, answered);
    const [state] = one.cases();
    one.snapshot.cases.set(state!.id, { ...state!, assigneeId: rui.id });
    one.snapshot.changes.set(state!.id, [
      ...one.history(state!.id),
      {
        kind: 'assigned',
        changes: [{ field: 'assigneeId', from: ana.id, to: rui.id }],
        actor: { kind: 'agent', id: rui.id },
        interactionId: null,
        at: '',
        occurredAt: '',
        details: {},
      },
    ]);
    one.tell(
      aCallFact('transferred', 30, { legId: 'l-1', transfer: { kind: 'attended', agent: { extension: '201' } } }),
    );
    one.tell(ended);
    expect(one.cases()).toMatchObject([{ assigneeId: rui.id }]);
  });

  it('is told in one event for each revision', () => {
    const one = desk();
    one.tell({ ...ended, line: LINE });
    one.tell(started, answered);
    expect(kinds(one)).toEqual(['created', 'assigned']);
  });
});
