import { describe, expect, it } from '@jest/globals';
import type { CallFact } from '#libs/interaction';
import { aCallFact, aCallParty, CALLER, LINE } from '#libs/testing';
import { CALL_FOLD } from '../index.js';

const sides = { direction: 'outbound', from: aCallParty(LINE), to: aCallParty(CALLER) } as const;
const ana = { id: 'client:ana' };
const talkersOf = (...facts: CallFact[]) => CALL_FOLD.fold(null, facts).interaction.talkers;

describe('the customer of a call', () => {
  it.each([
    ['by the number', { id: CALLER }],
    ['by an address', { id: `sip:${CALLER}@carrier.example` }],
    ['by what stands in the place of an extension', { extension: CALLER }],
  ])('is no agent, however the telephone system calls its legs: %s', (_, agent) => {
    const leg = { ...sides, legId: 'l-2', agent };
    const facts = [
      aCallFact('started', 0, { ...sides, agent: ana }),
      aCallFact('ringing', 2, leg),
      aCallFact('answered', 9, { ...leg, answeredBy: 'agent' }),
      aCallFact('leg_ended', 40, leg),
      aCallFact('ended', 40, { ...sides, end: { reason: 'completed' } }),
    ];
    for (const told of [facts, [...facts].reverse()]) {
      const { outcome, talkers } = CALL_FOLD.fold(null, told).interaction;
      expect({ outcome, agents: talkers?.map((one) => one.agent) }).toEqual({ outcome: 'answered', agents: [ana] });
    }
  });

  it('is not taken for one of two agents who dialled, nor for anybody where nobody did', () => {
    const taken = aCallFact('answered', 9, { ...sides, legId: 'l-2', agent: { id: CALLER }, answeredBy: 'agent' });
    expect(talkersOf(aCallFact('started', 0, sides), taken)).toEqual([]);
    const two = [
      aCallFact('started', 0, { ...sides, agent: ana }),
      aCallFact('ringing', 1, { legId: 'l-1', agent: { id: 'client:rui' } }),
    ];
    expect(talkersOf(...two, taken)).toEqual([]);
  });

  it('calls in: who answers is whoever answers', () => {
    const inbound = { from: aCallParty(CALLER), to: aCallParty(LINE) };
    const taken = aCallFact('answered', 9, { legId: 'l-2', agent: { id: '+351910000077' }, answeredBy: 'agent' });
    expect(talkersOf(aCallFact('started', 0, inbound), taken)).toMatchObject([{ agent: { id: '+351910000077' } }]);
    const named = aCallFact('answered', 9, { legId: 'l-2', agent: { id: CALLER }, answeredBy: 'agent' });
    expect(talkersOf(aCallFact('started', 0, inbound), named)).toEqual([]);
  });
});
