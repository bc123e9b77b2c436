import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkInteraction, type Interaction, type VoicemailFact } from '#libs/interaction';
import { aCallParty, ACCOUNT_ID, aVoicemailFact, CALLER, instantAt, LINE } from '#libs/testing';
import { soundsOf } from '../fold/sounds-of.js';
import { VOICEMAIL_FOLD } from '../fold/voicemail-fold.js';

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

  it('in which nothing was said is a missed call, whether its call is known or not', () => {
    expect(folded(left, silence)).toMatchObject({ outcome: 'missed', occasion: 'call_missed', source: 'call_inbound' });
    const alone = { ...aVoicemailFact('left', 0), recording: { id: 'r-2', status: 'absent' as const } };
    expect(folded(alone)).toMatchObject({ outcome: 'missed', occasion: 'call_missed' });
  });

  it('has its sound as a file, of the newest recording', () => {
    const contentOf = (sha256: string) => ({ sha256: sha256.repeat(64), size: 9, mediaType: 'audio/mpeg' });
    const soundAt = (seconds: number, sha256: string) =>
      aVoicemailFact('recording', seconds, {
        recording: { id: 'r-2', status: 'available', content: contentOf(sha256), mediaType: 'audio/mpeg' },
      });
    const facts = [left, sound, soundAt(20, 'b'), soundAt(9, 'a')];
    const { attachments } = folded(...facts).content;
    expect(attachments).toEqual([{ ...contentOf('b'), name: 'Voicemail.mp3', inline: false }]);
    expect(folded(...facts.reverse()).content.attachments).toEqual(attachments);
  });

  describe('F27 has a text by rank', () => {
    const now = instantAt(30 * 60);
    const textOf = (facts: readonly VoicemailFact[], at = now) => {
      const [text] = soundsOf({ ...folded(...facts), receivedAt: instantAt(0) }, at).texts;
      return text ?? null;
    };
    const stateOf = (...facts: VoicemailFact[]) => textOf(facts)?.state ?? 'none';

    it('which is expected for an hour where a message is, and counts whenever it comes', () => {
      expect([stateOf(left), stateOf(left, sound), stateOf(left, noText), stateOf(left, emptyText)]).toEqual([
        'none',
        'pending',
        'failed',
        'empty',
      ]);
      expect(textOf([left, sound], instantAt(60 * 60))?.state).toBe('absent');
      expect(textOf([left, sound, text], instantAt(3 * 60 * 60))?.state).toBe('completed');
      expect(textOf([left, sound, emptyText], instantAt(3 * 60 * 60))?.state).toBe('empty');
    });

    it('that was told last does not go back behind one that says more', () => {
      expect([stateOf(text, noText), stateOf(text, emptyText), stateOf(noText, emptyText)]).toEqual([
        'completed',
        'completed',
        'empty',
      ]);
      expect(textOf([text, emptyText])?.text).toBe('Bom dia.');
    });

    it('with the language, the engine and the confidence of its own, whatever the order', () => {
      const whisper = { status: 'completed', text: 'Bom dia!', language: 'pt', engine: 'whisper-1' } as const;
      const pending = aVoicemailFact('transcript', 6, { transcript: { status: 'pending', engine: 'whisper-1' } });
      const own = aVoicemailFact('transcript', 30, { transcript: { ...whisper, confidence: 0.5 } });
      const all = [left, sound, pending, own, text, noText, emptyText];
      const order = fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length, maxLength: 2 * all.length });
      fc.assert(
        fc.property(order, (told) => {
          expect(textOf(told)).toEqual({
            recordingId: 'r-2',
            state: 'completed',
            text: 'Bom dia.',
            language: null,
            engine: null,
            confidence: null,
          });
        }),
        { numRuns: 200 },
      );
      expect(textOf([own, noText])).toMatchObject({ language: 'pt', engine: 'whisper-1', confidence: 0.5 });
    });
  });
});
