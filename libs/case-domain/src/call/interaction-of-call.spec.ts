import { describe, expect, it } from '@jest/globals';
import { type CallFact, checkInteraction } from '#libs/interaction';
import { aCallFact, aCallParty, ACCOUNT_ID, CALLER, instantAt, LINE } from '#libs/testing';
import { type CallRecord, mergeCallFact } from './call-record.js';
import { interactionOfCall } from './interaction-of-call.js';

function interactionOf(...facts: CallFact[]) {
  const record = facts.reduce<CallRecord | null>(mergeCallFact, null)!;
  const interaction = interactionOfCall(record);
  expect(checkInteraction(JSON.parse(JSON.stringify({ ...interaction, details: record })))).toMatchObject({ ok: true });
  return interaction;
}

const started = aCallFact('started', 0, {
  direction: 'inbound',
  from: aCallParty(CALLER, 'Maria Silva'),
  to: aCallParty(LINE),
  queue: 'Support',
});
const answered = aCallFact('answered', 9, { legId: 'l-1', agent: { email: 'ana@acme.example' }, answeredBy: 'agent' });
const ended = aCallFact('ended', 60, { end: { by: 'caller' } });

describe('the interaction of a call', () => {
  it('46 says who called which line, what came of it and who talked', () => {
    expect(interactionOf(started, answered, ended)).toMatchObject({
      accountId: ACCOUNT_ID,
      channel: 'call',
      provider: 'generic',
      externalId: 'generic/pbx:c-77',
      direction: 'inbound',
      source: 'call_inbound',
      occasion: 'call_inbound_answered',
      outcome: 'answered',
      occurredAt: instantAt(0),
      receivedAt: instantAt(1),
      told: { at: instantAt(60) },
      endpoint: { kind: 'phone_number', address: LINE },
      sender: { kind: 'phone', value: CALLER, name: 'Maria Silva' },
      recipients: [{ kind: 'phone', value: LINE, role: 'to' }],
      talkers: [{ agent: { email: 'ana@acme.example' }, from: instantAt(9), until: instantAt(60) }],
      threadKeys: [
        { kind: 'call_id', value: 'generic/pbx:c-77' },
        { kind: 'call_id', value: 'generic/pbx:l-1' },
      ],
      trust: { verdict: 'unknown' },
      flags: [],
    });
  });

  it('51 of an outbound call is from the agent to the customer, in the case that it was dialled from', () => {
    const dialled = aCallFact('started', 0, {
      direction: 'outbound',
      from: aCallParty(LINE),
      to: aCallParty(CALLER),
      agent: { email: 'ana@acme.example' },
      context: { caseNumber: '12' },
    });
    expect(interactionOf(dialled, answered)).toMatchObject({
      direction: 'outbound',
      source: 'call_outbound',
      occasion: 'call_outbound_answered',
      sender: { kind: 'email', value: 'ana@acme.example' },
      recipients: [{ kind: 'phone', value: CALLER, role: 'to' }],
      endpoint: { address: LINE },
      references: [{ kind: 'case_number', value: '12', via: 'chosen_case' }],
    });
    expect(interactionOf(dialled, ended)).toMatchObject({ outcome: 'missed', occasion: null });
  });

  it('53 names nobody who hides, and shows them once a later fact does', () => {
    const hidden = aCallFact('started', 0, { from: { raw: 'anonymous', presentation: 'withheld' } });
    const shown = aCallFact('described', 30, { from: aCallParty(CALLER) });
    const { id, sender } = interactionOf(hidden, ended);
    expect(sender).toEqual({ kind: 'anonymous', value: id });
    expect(interactionOf(shown, hidden, ended).sender).toEqual({ kind: 'phone', value: CALLER });
  });

  it.each([
    ['abandoned', [started, ended], 'call_abandoned'],
    ['missed', [started, aCallFact('ended', 60, { end: { reason: 'no_answer' } })], 'call_missed'],
    ['blocked', [started, aCallFact('ended', 60, { end: { reason: 'blocked' } })], null],
    ['internal', [aCallFact('started', 0, { direction: 'internal' }), answered], null],
    [null, [started], null],
  ])('of which came %s opens a case on that', (outcome, facts, occasion) => {
    expect(interactionOf(...facts)).toMatchObject({ outcome, occasion });
  });

  it('refers to the calls that it continues and that continue it', () => {
    const continuing = aCallFact('started', 0, { callId: 'c-78', parentCallId: 'c-77' });
    const given = aCallFact('transferred', 40, { transfer: { kind: 'blind', newCallId: 'c-78' } });
    expect(interactionOf(continuing)).toMatchObject({
      conversationKey: `${ACCOUNT_ID}|call|generic/pbx:c-77`,
      references: [{ kind: 'call_id', value: 'generic/pbx:c-77', via: 'root_call' }],
      threadKeys: [{ kind: 'call_id', value: 'generic/pbx:c-78' }],
    });
    expect(interactionOf(started, given).references).toEqual([
      { kind: 'call_id', value: 'generic/pbx:c-78', via: 'root_call' },
    ]);
  });

  it('refers to the case that was chosen before all calls', () => {
    const chosen = aCallFact('started', 0, { callId: 'c-78', parentCallId: 'c-77', context: { caseNumber: '12' } });
    expect(interactionOf(chosen).references.map(({ via }) => via)).toEqual(['chosen_case', 'root_call']);
  });

  it('tells people of wrong clocks, reused ids and old calls, and opens nothing on these', () => {
    const ahead = aCallFact('started', 4000, { origin: { receivedAt: instantAt(0) } });
    expect(interactionOf(ahead)).toMatchObject({ flags: ['time_implausible'], occurredAt: instantAt(0) });
    const again = aCallFact('started', 0, { origin: { contentSha256: '1'.repeat(64) }, line: LINE });
    expect(interactionOf(aCallFact('started'), again).flags).toEqual(['id_reused']);
    const old = aCallFact('ended', 0, { origin: { receivedAt: instantAt(31 * 24 * 3600) } });
    expect(interactionOf(old)).toMatchObject({ flags: ['too_old'], occasion: null, outcome: 'missed' });
  });

  it('is only recorded where it tries a connection', () => {
    expect(interactionOf(aCallFact('ended', 0, { context: { test: true } })).handling).toBe('record_only');
  });
});
