import { describe, expect, it } from '@jest/globals';
import { aCallFact, aVoicemailFact } from '#libs/testing';
import { keepSounds } from './keep-sounds.js';

const address = 'https://pbx.acme.example/1.wav';
const announced = aCallFact('recording', 0, { recording: { id: 'r-1', status: 'pending' } });
const message = aVoicemailFact('left', 0, {
  recording: { id: 'r-2', status: 'pending' },
  transcript: { status: 'completed', text: 'Bom dia.' },
});
const text = aCallFact('transcript', 9, { transcript: { status: 'completed', text: 'Bom dia.' } });
const event = {
  calls: [announced, text],
  voicemails: [message],
  sounds: [
    { recordingId: 'r-1', address },
    { recordingId: 'r-2', address },
    { recordingId: 'unknown', address },
  ],
};

describe('what of an event’s sounds is kept', () => {
  it('is all of it, and each sound is fetched for the fact that announces it', () => {
    const { calls, voicemails, recordings } = keepSounds(event, { recordings: 'store', transcripts: 'provider' });
    expect([calls, voicemails]).toEqual([event.calls, event.voicemails]);
    expect(recordings).toEqual([
      { fact: announced, address },
      { fact: message, address },
    ]);
  });

  it('is never the sound where none is stored: what the provider has is available there', () => {
    const { calls, voicemails, recordings } = keepSounds(event, { recordings: 'none', transcripts: 'provider' });
    expect(recordings).toEqual([]);
    expect([calls[0]?.recording?.status, voicemails[0]?.recording?.status]).toEqual(['available', 'available']);
  });

  it.each(['own', 'none'] as const)('is no text of the provider where texts are %s', (transcripts) => {
    const { calls, voicemails } = keepSounds(event, { recordings: 'store', transcripts });
    expect(JSON.stringify([calls, voicemails])).not.toContain('Bom dia');
    expect(calls.map(({ kind }) => kind)).toEqual(['recording', 'described']);
    expect([voicemails[0]?.kind, voicemails[0]?.id]).toEqual(['left', message.id]);
  });

  it('is nothing to fetch where nothing was said, or failed at the provider', () => {
    const silent = { ...announced, recording: { id: 'r-1', status: 'absent' as const } };
    const { recordings } = keepSounds(
      { ...event, calls: [silent], voicemails: [] },
      { recordings: 'store', transcripts: 'provider' },
    );
    expect(recordings).toEqual([]);
  });
});
