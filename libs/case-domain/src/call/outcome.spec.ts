import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallEnd, CallFact } from '#libs/interaction';
import { aCallFact, instantAt } from '#libs/testing';
import { type CallRecord, mergeCallFact } from './call-record.js';
import { summaryOf } from './call-summary.js';
import { dispositionOf, outcomeOfCall } from './outcome.js';

const NOTHING_ELSE = { message: false, overdue: false };
const started = aCallFact('started');
const queued = aCallFact('queued', 1, { queue: 'Support' });
const ringing = aCallFact('ringing', 4, { agents: [{ extension: '201' }, { extension: '202' }] });
const answered = aCallFact('answered', 9, { agent: { extension: '201' }, answeredBy: 'agent' });
const machine = aCallFact('answered', 2, { answeredBy: 'system' });
const outbound = aCallFact('started', 0, { direction: 'outbound' });
const ended = (end: CallEnd, seconds = 60): CallFact => aCallFact('ended', seconds, { end });

function judged(facts: readonly CallFact[], circumstances = NOTHING_ELSE) {
  const summary = summaryOf(facts.reduce<CallRecord | null>(mergeCallFact, null)!);
  return [outcomeOfCall(summary, circumstances), dispositionOf(summary, circumstances)];
}

describe('the outcome of a call', () => {
  it.each<[string, CallFact[], string | null, string | null]>([
    ['1 internal', [aCallFact('started', 0, { direction: 'internal' }), answered, ended({})], 'internal', 'completed'],
    ['2 connected', [started, machine, ringing, answered], 'answered', null],
    ['2 connected and over', [started, ringing, answered, ended({ by: 'agent' })], 'answered', 'completed'],
    ['3 blocked', [started, ended({ reason: 'blocked' })], 'blocked', 'blocked'],
    ['5 ended by the caller', [started, ringing, ended({ by: 'caller' })], 'abandoned', 'abandoned'],
    ['5 cancelled by nobody knows whom', [ended({ reason: 'cancelled' })], 'abandoned', 'abandoned'],
    ['5 only waited', [started, queued, ended({ by: 'unknown' })], 'abandoned', 'abandoned'],
    ['6 a phone rang', [started, queued, ringing, ended({ by: 'unknown' })], 'missed', 'missed'],
    ['6 nobody answered', [started, queued, ended({ reason: 'no_answer' })], 'missed', 'missed'],
    ['6 nothing is known', [ended({})], 'missed', 'missed'],
    ['6 busy', [started, ended({ reason: 'busy' })], 'missed', 'busy'],
    ['6 rejected', [started, ringing, ended({ by: 'agent', reason: 'rejected' })], 'missed', 'rejected'],
    ['6 failed', [started, ended({ by: 'system', reason: 'failed' })], 'missed', 'failed'],
    ['6 a mailbox', [started, machine, ended({ by: 'caller', reason: 'voicemail' })], 'missed', 'voicemail_no_message'],
    ['8 outbound, connected', [outbound, answered], 'answered', null],
    ['9 outbound, not connected', [outbound, ringing, ended({ by: 'agent' })], 'missed', 'missed'],
    ['9 outbound, busy', [outbound, ended({ reason: 'busy' })], 'missed', 'busy'],
    ['goes on', [started, queued, ringing, machine], null, null],
    ['outbound goes on', [outbound, ringing], null, null],
  ])('row %s', (_, facts, outcome, disposition) => {
    expect(judged(facts)).toEqual([outcome, disposition]);
  });

  it('row 4: of a message that was left nobody asks how the call ended', () => {
    const message = { message: true, overdue: false };
    expect(judged([started, ringing, ended({ by: 'caller' })], message)).toEqual(['voicemail_left', 'voicemail']);
    expect(judged([started, machine], message)).toEqual(['voicemail_left', null]);
    expect(judged([started, answered, ended({})], message)[0]).toBe('answered');
    expect(judged([started, ended({ reason: 'blocked' })], message)[0]).toBe('blocked');
  });

  it('row 7: a call whose end nobody tells is unknown after a while, and a late end corrects it', () => {
    const overdue = { message: false, overdue: true };
    expect(judged([started, ringing], overdue)).toEqual(['unknown', 'unknown']);
    expect(judged([started, answered], overdue)).toEqual(['answered', 'unknown']);
    expect(judged([outbound], overdue)).toEqual(['missed', 'unknown']);
    expect(judged([started, ended({ by: 'caller' })], overdue)).toEqual(['abandoned', 'abandoned']);
  });

  it('F18 is busy in every order of events that end with completed', () => {
    const at = (ms: number) => ({ at: `2026-03-02T16:24:${(25_753 + ms) / 1000}Z`, receivedAt: instantAt(36_000) });
    const facts = [
      aCallFact('started', 0, { origin: at(0) }),
      aCallFact('ringing', 0, { origin: at(0) }),
      aCallFact('ended', 1, { origin: at(347), end: { reason: 'busy' } }),
      aCallFact('ended', 2, { origin: at(4823), end: { reason: 'completed' } }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: 4, maxLength: 4 }), (order) => {
        expect(judged(order)).toEqual(['missed', 'busy']);
      }),
    );
  });

  it('50 is known of a call of which only the end is known', () => {
    const only = aCallFact('ended', 60, {
      end: { by: 'caller' },
      times: { startedAt: instantAt(0), answeredAt: instantAt(9) },
      answeredBy: 'agent',
      agent: { extension: '201' },
    });
    expect(judged([only])).toEqual(['answered', 'completed']);
    expect(summaryOf(mergeCallFact(null, only))).toMatchObject({
      startedAt: instantAt(0),
      agentConnectedAt: instantAt(9),
      durations: { talk: 51_000, total: 60_000 },
    });
  });
});
