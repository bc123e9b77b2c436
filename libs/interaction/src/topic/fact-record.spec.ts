import { describe, expect, it } from '@jest/globals';
import { ACCOUNT_ID, aCallFact, aVoicemailFact, instantAt } from '#libs/testing';
import { callInteractionId, factRecord, interactionId, voicemailInteractionId } from '../index.js';

describe('the record of a fact', () => {
  it('is keyed by the call that it began with, and its envelope names fact, interaction and both times', () => {
    const fact = aCallFact('ringing', 4, { parentCallId: 'c-76', origin: { sequence: 2 } });
    const key = `${ACCOUNT_ID}|call|generic/pbx:c-76`;
    expect(factRecord(fact)).toMatchObject({ topic: 'interactions.call.v1', key, value: JSON.stringify(fact) });
    expect(factRecord(fact).headers).toMatchObject({
      ce_id: fact.id,
      ce_type: 'io.casewright.fact.received.v1',
      ce_source: `/accounts/${ACCOUNT_ID}/channels/call`,
      ce_subject: `interactions/${callInteractionId(fact)}`,
      ce_time: instantAt(4),
      ce_recordedtime: instantAt(5),
      ce_sequence: '00000000000000000002',
      ce_partitionkey: key,
      'x-channel': 'call',
      'x-external-id': 'generic/pbx:c-77',
    });
  });

  it('of a voicemail goes with its call where that is known', () => {
    const inCall = aVoicemailFact('left', 0, { callId: 'c-78' });
    expect(factRecord(inCall)).toMatchObject({
      topic: 'interactions.voicemail.v1',
      key: `${ACCOUNT_ID}|call|generic/pbx:c-78`,
    });
    expect(factRecord(aVoicemailFact('left')).key).toBe(`${ACCOUNT_ID}|call|generic/pbx:vm-9`);
    expect(factRecord(inCall).headers).not.toHaveProperty('ce_sequence');
  });

  it('names the interaction by its connection, so that equal ids of two never meet', () => {
    const fact = aCallFact('started');
    const elsewhere = aCallFact('started', 0, { origin: { connection: 'twilio/main' } });
    expect(callInteractionId(fact)).toBe(interactionId(ACCOUNT_ID, 'call', 'generic/pbx:c-77'));
    expect(callInteractionId(elsewhere)).not.toBe(callInteractionId(fact));
    expect(voicemailInteractionId(aVoicemailFact('left'))).toBe(
      interactionId(ACCOUNT_ID, 'voicemail', 'generic/pbx:vm-9'),
    );
  });
});
