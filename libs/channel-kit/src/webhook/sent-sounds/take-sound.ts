import type { BlobStore } from '#libs/blob-store';
import { errorMessage, type ProblemCause } from '#libs/runtime';
import type { WebhookAnswer, WebhookRequest } from '#libs/webhook';
import { soundTypeOf } from '../../recordings/sound-type.js';
import type { WebhookConnection } from '../webhook-connection.js';
import { notBelieved } from '../problems.js';
import { toldFact, type WebhookPublisher } from '../publish-facts.js';
import { malformed, NOTHING, overloaded, type Outcome } from '../take-request.js';
import { soundFact } from './sent-sound.js';
import type { SentSounds } from './sent-sounds.js';

/** What taking a sound needs. */
export interface SoundTaking {
  readonly accountId: string;
  readonly publisher: WebhookPublisher;
  readonly blobs: BlobStore;
  readonly sentSounds: SentSounds;
}

/** A sound as it came, and which recording's it is. */
export interface ArrivedSound {
  readonly request: WebhookRequest;
  readonly recordingId: string;
}

/**
 * Takes the bytes of a recording, for telephone systems that nobody can reach from outside:
 *
 * 1. verify who sent them, by the signature over the raw bytes
 * 2. they begin as a sound does
 * 3. store them, then say where they are and ask who waits for them
 * 4. tell all of those, durably
 * 5. answer: 201, or 200 where the recording had one already
 */
export async function takeSound(
  taking: SoundTaking,
  { provider, connection, name, sounds }: WebhookConnection,
  { request, recordingId }: ArrivedSound,
): Promise<Outcome> {
  const verification = provider.verify(request, connection);
  if (!verification.verified) {
    const { reason, detail, address } = verification;
    const told = detail === null ? reason : `${reason}: ${detail}`;
    return { ...NOTHING, verdict: 'refused', reason: told, address, answer: notBelieved(reason) };
  }
  const mediaType = soundTypeOf(request.body);
  if (mediaType === null) {
    return malformed(NOT_AUDIO);
  }
  const { accountId, sentSounds, blobs, publisher } = taking;
  if (sounds?.areKept !== true) {
    return { ...NOTHING, verdict: 'verified', reason: 'recordings-not-kept', answer: answerOf(200, { recordingId }) };
  }
  try {
    const stored = await blobs.put(request.body);
    if (!stored.ok) {
      return overloaded(stored.reason);
    }
    const { sha256, size } = stored;
    const receivedAt = new Date(request.receivedAt).toISOString();
    const sound = { connection: name, recordingId, sha256, size, mediaType, receivedAt };
    const { isNew, awaited } = await sentSounds.keep(sound);
    const told = awaited.map((one) => toldFact(soundFact(accountId, one, sound)));
    const durable = await publisher.publish(told, null);
    const events = [
      { id: `sound ${recordingId}`, told, recordings: [], awaited: [], interactionId: null, ignored: null },
    ];
    return durable.ok
      ? { ...NOTHING, verdict: 'verified', reason: null, events, answer: answerOf(isNew ? 201 : 200, sound) }
      : { ...overloaded(durable.reason), events };
  } catch (error) {
    return overloaded(errorMessage(error));
  }
}

const NOT_AUDIO: ProblemCause = {
  code: 'not-audio',
  status: 400,
  title: 'The bytes are no sound',
  detail: 'Send the recording itself: wav, mp3, ogg, webm, mp4, amr, flac or au.',
};

function answerOf(
  status: number,
  { recordingId, sha256, size }: { readonly recordingId: string; readonly sha256?: string; readonly size?: number },
): WebhookAnswer {
  const body = JSON.stringify({ recording_id: recordingId, sha256, size });
  return { status, headers: { 'content-type': 'application/json' }, body };
}
