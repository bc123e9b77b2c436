import { describe, expect, it } from '@jest/globals';
import type { CallFact, CallFactKind } from '#libs/interaction';
import { aCallFact, instantAt } from '#libs/testing';
import { mergeCallFact, type CallRecord } from './call-record.js';
import { summaryOf } from './call-summary.js';
import { lastTalkOf } from './talks.js';

const ana = { email: 'ana@acme.example', extension: '201' };
const rui = { extension: '202' };
const eva = { id: 'client:eva' };

function summary(...facts: CallFact[]) {
  const record = facts.reduce<CallRecord | null>(mergeCallFact, null)!;
  return summaryOf(record);
}

function talks(...facts: CallFact[]) {
  const { talks: all } = summary(...facts);
  return all.map(({ agent, from, until }) => [
    agent?.extension ?? agent?.id ?? null,
    secondOf(from),
    until && secondOf(until),
  ]);
}

function last(...facts: CallFact[]): string | null {
  const agent = lastTalkOf(summary(...facts).talks)?.agent;
  return agent?.extension ?? agent?.id ?? null;
}

const secondOf = (at: string): number => (Date.parse(at) - Date.parse(instantAt(0))) / 1000;
const answered = (seconds: number, agent: CallFact['agent'], legId?: string): CallFact =>
  aCallFact('answered', seconds, { agent, answeredBy: 'agent', ...(legId === undefined ? {} : { legId }) });
const onLeg = (kind: CallFactKind, seconds: number, legId: string): CallFact => aCallFact(kind, seconds, { legId });
const ended = (seconds: number): CallFact =>
  aCallFact('ended', seconds, { end: { by: 'caller', reason: 'completed' } });

describe('who talked with the customer', () => {
  it('46 is the agent who answered, not a machine that did', () => {
    const facts = [
      aCallFact('started'),
      aCallFact('answered', 2, { answeredBy: 'system' }),
      answered(9, ana),
      ended(60),
    ];
    expect(talks(...facts)).toEqual([['201', 9, 60]]);
    expect(summary(...facts)).toMatchObject({ mediaAnsweredAt: instantAt(2), agentConnectedAt: instantAt(9) });
    expect(talks(aCallFact('answered', 2, { answeredBy: 'system' }), ended(60))).toEqual([]);
  });

  it('47 after a blind transfer is the last agent', () => {
    const given = aCallFact('transferred', 30, { legId: 'l-1', agent: ana, transfer: { kind: 'blind', agent: rui } });
    const facts = [answered(9, ana, 'l-1'), given, onLeg('leg_ended', 30, 'l-1'), answered(35, rui, 'l-2'), ended(60)];
    expect(talks(...facts)).toEqual([
      ['201', 9, 30],
      ['202', 35, 60],
    ]);
    expect(last(...facts)).toBe('202');
  });

  it('47 is not who was only asked for advice', () => {
    const facts = [
      answered(9, ana, 'l-1'),
      onLeg('held', 20, 'l-1'),
      answered(25, rui, 'l-2'),
      onLeg('leg_ended', 40, 'l-2'),
      onLeg('resumed', 41, 'l-1'),
      ended(60),
    ];
    expect(talks(...facts)).toEqual([['201', 9, 60]]);
    expect(summary(...facts).durations).toMatchObject({ talk: 30_000, hold: 21_000, total: 51_000 });
  });

  it('47 is whom advice was asked of once the call was handed over, from then on', () => {
    const given = aCallFact('transferred', 40, { legId: 'l-1', transfer: { kind: 'attended' } });
    const consulted = [answered(9, ana, 'l-1'), onLeg('held', 20, 'l-1'), answered(25, rui, 'l-2')];
    expect(talks(...consulted, given, ended(60))).toEqual([
      ['201', 9, 40],
      ['202', 40, 60],
    ]);
    // A system that tells no transfer: whoever held the call has left, and the other has it.
    expect(talks(...consulted, onLeg('leg_ended', 40, 'l-1'), ended(60))).toEqual([
      ['201', 9, 40],
      ['202', 40, 60],
    ]);
  });

  it('is whom an attended transfer names, though nobody says that they answered', () => {
    const given = aCallFact('transferred', 40, {
      agent: { extension: '201' },
      transfer: { kind: 'attended', agent: rui },
    });
    expect(talks(answered(9, ana), given, ended(60))).toEqual([
      ['201', 9, 40],
      ['202', 40, 60],
    ]);
  });

  it('F20 of a consultation and a transfer is the agent of the last leg, and each leg has its own times', () => {
    const facts = [
      answered(5, { extension: '203' }, 'l-1'),
      onLeg('held', 20, 'l-1'),
      answered(25, { extension: '202' }, 'l-2'),
      onLeg('leg_ended', 40, 'l-2'),
      aCallFact('transferred', 45, { legId: 'l-1', transfer: { kind: 'blind', agent: { extension: '201' } } }),
      onLeg('leg_ended', 45, 'l-1'),
      answered(50, { extension: '201' }, 'l-3'),
      ended(90),
    ];
    expect(last(...facts)).toBe('201');
    const { legs, durations } = summary(...facts);
    expect(legs.filter(({ legId }) => legId !== '').map(({ legId, agents }) => [legId, agents[0]?.extension])).toEqual([
      ['l-1', '203'],
      ['l-2', '202'],
      ['l-3', '201'],
    ]);
    expect(durations).toMatchObject({ talk: 55_000, hold: 25_000 });
  });

  it('is nobody any more after the call went outside', () => {
    const out = aCallFact('transferred', 30, { agent: ana, transfer: { kind: 'external' } });
    expect(talks(answered(9, ana), out, ended(60))).toEqual([['201', 9, 30]]);
    expect(summary(answered(9, ana), out, ended(60)).handedOut).toBe(true);
    expect(summary(answered(9, ana), out, answered(40, rui), ended(60)).handedOut).toBe(false);
  });

  it('F6 of a ring group is who picked up; the others rang', () => {
    const rings = ['201', '202', '203'].map((extension, index) =>
      aCallFact('ringing', 3, { legId: `l-${index}`, agent: { extension } }),
    );
    const facts = [...rings, onLeg('leg_ended', 5, 'l-1'), onLeg('answered', 7, 'l-2'), ended(60)];
    const known = facts.map((fact) => (fact.kind === 'answered' ? { ...fact, answeredBy: 'agent' as const } : fact));
    expect(talks(...known)).toEqual([['203', 7, 60]]);
    expect(summary(...known).rang.map(({ extension }) => extension)).toEqual(['201', '202', '203']);
    expect(summary(...known).durations).toMatchObject({ ring: 4_000, wait: 4_000 });
  });

  it('is one agent by whatever name, and goes on after a hold that ends with another answer', () => {
    const facts = [
      answered(9, { extension: '201' }, 'l-1'),
      onLeg('held', 20, 'l-1'),
      answered(30, { email: 'ANA@acme.example', extension: '201', name: 'Ana' }, 'l-1'),
      ended(60),
    ];
    expect(summary(...facts).talks).toEqual([
      {
        agent: { email: 'ana@acme.example', extension: '201', name: 'Ana' },
        legId: 'l-1',
        from: instantAt(9),
        until: instantAt(60),
      },
    ]);
    expect(summary(...facts).durations).toMatchObject({ hold: 10_000, talk: 41_000 });
  });

  it('of two who were there to the end is the one who had the call first', () => {
    expect(last(answered(9, ana, 'l-1'), answered(30, eva, 'l-2'), ended(60))).toBe('201');
    expect(last(answered(9, ana, 'l-1'), answered(30, eva, 'l-2'), onLeg('leg_ended', 50, 'l-1'), ended(60))).toBe(
      'client:eva',
    );
  });

  it('goes on while the call does', () => {
    expect(talks(answered(9, ana))).toEqual([['201', 9, null]]);
    expect(summary(aCallFact('started'), answered(9, ana)).durations).toMatchObject({
      talk: null,
      hold: null,
      total: null,
      wait: 9_000,
    });
  });
});
