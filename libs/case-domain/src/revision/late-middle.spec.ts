import { expect, it } from '@jest/globals';
import { aCallFact, aCallParty, aDesk, aGroup, aMember, anAgent, anEndpoint, CALLER, LINE } from '#libs/testing';

const ana = anAgent({ email: 'ana@acme.example', extensions: ['201'] });
const rui = anAgent({ email: 'rui@acme.example', extensions: ['202'] });
const group = aGroup({ members: [aMember(ana), aMember(rui)] });
const parties = { from: aCallParty(CALLER), to: aCallParty(LINE) };

/** A call that goes on in a second one, and that in a third, in which somebody is reached. */
const first = [
  aCallFact('started', 0, { callId: 'c-1', ...parties }),
  aCallFact('ended', 30, { callId: 'c-1', end: { reason: 'no_answer' } }),
];
const second = [
  aCallFact('started', 30, { callId: 'c-2', parentCallId: 'c-1', ...parties }),
  aCallFact('ended', 60, { callId: 'c-2', parentCallId: 'c-1', end: { reason: 'no_answer' } }),
];
const third = [
  aCallFact('started', 60, {
    callId: 'c-3',
    parentCallId: 'c-2',
    from: aCallParty('+351910000077'),
    to: aCallParty(LINE),
  }),
  aCallFact('answered', 65, { callId: 'c-3', parentCallId: 'c-2', agent: { extension: '202' }, answeredBy: 'agent' }),
  aCallFact('ended', 90, { callId: 'c-3', parentCallId: 'c-2', end: { by: 'caller' } }),
];

it('a call that comes last and joins two cases has the older one say at once what was said in the younger', () => {
  const late = aDesk({ agents: [ana, rui], groups: [group], lines: { [LINE]: anEndpoint(LINE) } });
  late.tell(...first);
  late.tell(...third);
  expect(late.cases()).toHaveLength(2);
  late.tell(...second);
  const inOrder = aDesk({ agents: [ana, rui], groups: [group], lines: { [LINE]: anEndpoint(LINE) } });
  [first, second, third].forEach((facts) => inOrder.tell(...facts));
  const [asKnownFromTheStart] = inOrder.cases();
  const { subject, source, assigneeId, description } = asKnownFromTheStart!;
  expect(subject).toMatch(/^Call from/);
  expect(late.cases()).toMatchObject([{ subject, source, assigneeId, description, interactionCount: 3 }]);
});
