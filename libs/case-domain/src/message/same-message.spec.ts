import { describe, expect, it } from '@jest/globals';
import type { Interaction } from '#libs/interaction';
import { aCallParty, aSnapshot, aVoicemailFact, CALLER } from '#libs/testing';
import { VOICEMAIL_FOLD } from '../fold/voicemail-fold.js';
import { firstOfMessage } from './same-message.js';

const SOUND = 'a'.repeat(64);

interface Message {
  readonly id: string;
  readonly seconds?: number;
  readonly caller?: string;
  readonly durationMs?: number;
  readonly callId?: string;
  /** SHA-256 of its sound, a WAV. */
  readonly sound?: string;
}

/** A message that a telephone system told. */
function told({ id, seconds = 0, caller = CALLER, durationMs = 47_000, callId, sound }: Message): Interaction {
  const content = sound === undefined ? undefined : { sha256: sound, size: 9, mediaType: 'audio/x-wav' };
  const recording = { id: 'r-1', status: 'available', mediaType: 'audio/x-wav', content } as const;
  const fact = aVoicemailFact('left', seconds, {
    voicemailId: id,
    from: aCallParty(caller),
    durationMs,
    callId,
    ...(sound === undefined ? {} : { recording }),
  });
  return VOICEMAIL_FOLD.fold(null, [fact]).interaction;
}

/** The same as a mail brings it. */
function mailed(message: Message): Interaction {
  const { sound, durationMs = 47_000 } = message;
  const interaction = told(message);
  const attachments =
    sound === undefined ? [] : [{ sha256: sound, size: 9, mediaType: 'audio/wav', name: 'a.wav', inline: false }];
  return {
    ...interaction,
    content: { ...interaction.content, attachments },
    details: { voicemail: { durationSeconds: durationMs / 1000 } },
  };
}

function firstBeside(own: Interaction, ...others: Interaction[]): string | null {
  const beside = others.map((interaction) => ({ interaction, outcome: 'created', caseId: null }));
  return firstOfMessage(own, aSnapshot({ beside }))?.interaction.externalId ?? null;
}

const mail = told({ id: 'mail' }).externalId;

describe('two messages', () => {
  it('that came by two ways are one up to 120 s and 1 s of length apart', () => {
    expect(firstBeside(told({ id: 'v' }), mailed({ id: 'mail', seconds: 120, durationMs: 48_000 }))).toBe(mail);
    expect(firstBeside(told({ id: 'v' }), mailed({ id: 'mail', seconds: 120.5 }))).toBeNull();
    expect(firstBeside(told({ id: 'v' }), mailed({ id: 'mail', durationMs: 49_000 }))).toBeNull();
    expect(firstBeside(told({ id: 'v' }), mailed({ id: 'mail', caller: '+351910000009' }))).toBeNull();
  });

  it('that came the same way, or have two sounds of one kind, are two', () => {
    expect(firstBeside(told({ id: 'v' }), told({ id: 'mail' }))).toBeNull();
    const other = mailed({ id: 'mail', sound: 'b'.repeat(64) });
    expect(firstBeside(told({ id: 'v', sound: SOUND }), other)).toBeNull();
    expect(firstBeside(told({ id: 'v' }), other)).toBe(mail);
  });

  it('are one with the nearest in time; of two that are as near with none', () => {
    const [before, after] = [mailed({ id: 'mail', seconds: 90 }), mailed({ id: 'later', seconds: 130 })];
    expect(firstBeside(told({ id: 'v', seconds: 100 }), after, before)).toBe(mail);
    expect(firstBeside(told({ id: 'v', seconds: 110 }), after, before)).toBeNull();
  });

  it('with the same sound are one whenever they came, but not of two callers', () => {
    const own = told({ id: 'v', seconds: 9000, sound: SOUND });
    expect(firstBeside(own, told({ id: 'mail', sound: SOUND }))).toBe(mail);
    expect(firstBeside(own, told({ id: 'mail', sound: SOUND, caller: '+351910000009' }))).toBeNull();
  });

  it('of one call are one where one of them bears the name of the call, else two', () => {
    const named = told({ id: 'c-77', callId: 'c-77', durationMs: 1000 });
    const own = told({ id: 'vm-9', callId: 'c-77' });
    expect(firstBeside(named, own)).toBe(own.externalId);
    expect(firstBeside(own, told({ id: 'vm-10', callId: 'c-77' }))).toBeNull();
  });
});
