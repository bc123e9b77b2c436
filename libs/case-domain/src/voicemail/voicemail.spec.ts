import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkInteraction, type Interaction, type VoicemailFact } from '#libs/interaction';
import { aCallParty, ACCOUNT_ID, aVoicemailFact, CALLER, instantAt, LINE } from '#libs/testing';
import { VOICEMAIL_FOLD } from '../fold/voicemail-fold.js';
import { mergeVoicemailFact, transcriptStatusOf, type VoicemailRecord } from './voicemail-record.js';

const left = aVoicemailFact('left', 0, {
  callId: 'c-78',
  from: aCallParty(CALLER),
  to: aCallParty(LINE),
  mailbox: { id: '2001', label: 'Support' },
  durationMs: 47_000,
  recording: { id: 'r-2', status: 'announced' },
});
const sound = aVoicemailFact('recording', 5, { recording: { id: 'r-2', status: 'pending' } });
const silence = aVoicemailFact('recording', 5, { recording: { id: 'r-2', status: 'absent' } });
const stored = aVoicemailFact('recording', 9, {
  recording: { id: 'r-2', status: 'available', mediaType: 'audio/wav' },
});
const text = aVoicemailFact('transcript', 60, { transcript: { status: 'completed', text: 'Bom dia.' } });
const noText = aVoicemailFact('transcript', 60, { transcript: { status: 'failed' } });
const emptyText = aVoicemailFact('transcript', 90, { transcript: { status: 'completed', text: ' ' } });

function folded(...facts: VoicemailFact[]) {
  const { interaction, waits } = VOICEMAIL_FOLD.fold(null, facts);
  expect(checkInteraction(JSON.parse(JSON.stringify(interaction)))).toMatchObject({ ok: true });
  return { ...interaction, waits };
}

describe('a voicemail', () => {
  it('folds to the same in any order, with any repetitions and losses', () => {
    const all = [left, sound, silence, stored, text, noText, emptyText];
    const told = fc.subarray(all, { minLength: 1 }).chain((some) =>
      fc.tuple(
        fc.constant(some),
        fc.array(fc.constantFrom(...some), { maxLength: 4 }).chain((again) =>
          fc.shuffledSubarray([...some, ...again], {
            minLength: some.length + again.length,
            maxLength: some.length + again.length,
          }),
        ),
      ),
    );
    fc.assert(
      fc.property(told, ([some, order]) => {
        const one = order.reduce<Interaction | null>((row, fact) => VOICEMAIL_FOLD.fold(row, [fact]).interaction, null);
        expect(one).toEqual(VOICEMAIL_FOLD.fold(null, some).interaction);
      }),
      { numRuns: 500 },
    );
  });

  it('refers to its call and bears no name of it', () => {
    expect(folded(left, sound)).toMatchObject({
      channel: 'voicemail',
      externalId: 'generic/pbx:vm-9',
      conversationKey: `${ACCOUNT_ID}|call|generic/pbx:c-78`,
      occurredAt: instantAt(0),
      sender: { kind: 'phone', value: CALLER },
      endpoint: { kind: 'phone_number', address: LINE },
      references: [{ kind: 'call_id', value: 'generic/pbx:c-78', via: 'root_call' }],
      threadKeys: [],
      source: 'voicemail',
      occasion: 'voicemail',
      outcome: 'voicemail_left',
    });
  });

  it('waits while it is only announced; its sound or its text is enough', () => {
    expect([folded(left).waits, folded(left, noText).waits, folded(left, emptyText).waits]).toEqual([true, true, true]);
    expect([folded(left, sound).waits, folded(left, text).waits, folded(left, silence).waits]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('in which nothing was said is a missed call: the call’s own affair where that is known', () => {
    expect(folded(left, silence)).toMatchObject({ outcome: 'missed', occasion: null, source: 'call_inbound' });
    const alone = { ...aVoicemailFact('left', 0), recording: { id: 'r-2', status: 'absent' as const } };
    expect(folded(alone)).toMatchObject({ outcome: 'missed', occasion: 'call_missed' });
  });

  it('F27 has a text by rank, and one that is empty says so', () => {
    const statusOf = (...facts: VoicemailFact[]) =>
      transcriptStatusOf(facts.reduce<VoicemailRecord | null>(mergeVoicemailFact, null)!);
    expect([statusOf(left), statusOf(left, noText), statusOf(text, noText), statusOf(emptyText)]).toEqual([
      'none',
      'failed',
      'completed',
      'empty',
    ]);
  });
});
